package meshdev.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program of ours that is talked to in lines, over its standard input and output. It has to end when its input does,
 * which the system sees to whatever becomes of mesh-dev. Thread-safe.
 */
public final class Conversation implements AutoCloseable {
    private static final int MOST_WAITING = 1000;
    private static final int LONGEST_LINE = 32 << 20;
    private static final long END_LIMIT_SECONDS = 1;
    private static final byte[] END = new byte[0];

    private final Process process;
    private final BlockingQueue<byte[]> unsaid = new ArrayBlockingQueue<>(MOST_WAITING);

    private Conversation(Process process) {
        this.process = process;
    }

    /**
     * Starts the program.
     *
     * @param environment all of it
     * @param lines       called on a thread of the conversation's own, with each line without its end
     * @param ended       called once on that thread, when nothing more will come
     * @throws IOException when it cannot be started
     */
    public static Conversation start(List<String> command, Map<String, String> environment, Path directory,
            Consumer<String> lines, Runnable ended) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().remove(Mark.VARIABLE); // of a mesh-dev whose agent started this one
        Conversation conversation = new Conversation(builder.start());
        thread(() -> conversation.listen(lines, ended), "answers").start();
        thread(conversation::speak, "questions").start();
        return conversation;
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0);
        thread.setDaemon(true);
        return thread;
    }

    /** Says a line, in ASCII. It is lost if the program has ended; false when so many wait that it is not even tried. */
    public boolean say(String line) {
        return unsaid.offer((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends the program's input, and the program itself if it is still there a second later. Returns at once. */
    @Override
    public void close() {
        unsaid.clear();
        unsaid.offer(END);
        process.onExit().orTimeout(END_LIMIT_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> kill());
    }

    /** Ends the program at once. */
    public void kill() {
        process.destroyForcibly();
        unsaid.offer(END);
    }

    private void speak() {
        try (OutputStream input = process.getOutputStream()) {
            for (byte[] line = unsaid.take(); line != END; line = unsaid.take()) {
                input.write(line);
                input.flush();
            }
        } catch (IOException e) {
            return; // it has ended, which its output tells
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Consumer<String> lines, Runnable ended) {
        try (InputStream output = process.getInputStream()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] chunk = new byte[64 * 1024];
            for (int length = output.read(chunk); length >= 0 && line.size() < LONGEST_LINE; length = output.read(chunk)) {
                split(chunk, length, line, lines);
            }
        } catch (IOException e) {
            return; // the JDK closes the pipe of an ended process under a reader's feet
        } finally {
            kill();
            ended.run();
        }
    }

    private static void split(byte[] chunk, int length, ByteArrayOutputStream line, Consumer<String> lines) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                line.write(chunk, from, i - from);
                lines.accept(line.toString(StandardCharsets.US_ASCII));
                line.reset();
                from = i + 1;
            }
        }
        line.write(chunk, from, length - from);
    }
}
