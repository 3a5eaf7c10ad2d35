package meshdev.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A child process that is talked with in lines. It stays in mesh-dev's process group and carries no {@link Mark}, since it is
 * no agent: it must end by itself at the end of its standard input, which comes however mesh-dev ends. Its standard error
 * is dropped.
 *
 * <p>Thread-safe. A thread of its own reads what the child says.
 */
public final class Conversation implements AutoCloseable {
    /** The end of a child that does not end by itself. */
    private static final long END_LIMIT_MILLIS = 1000;
    private static final int LONGEST_LINE_BYTES = 16 << 20;

    private final Process process;
    private final Listener listener;

    /** Told what the child says and of its end, on one thread. */
    public interface Listener {
        /** @param line without its end, decoded as US-ASCII */
        void said(String line);

        /** Nothing will be said any more. */
        void ended();
    }

    private Conversation(Process process, Listener listener) {
        this.process = process;
        this.listener = listener;
    }

    /**
     * Starts the child.
     *
     * @param environment the whole of it; nothing is inherited beside
     * @throws IOException when it cannot be started
     */
    public static Conversation start(List<String> command, Path workingDirectory, Map<String, String> environment,
            Listener listener) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().remove(Mark.VARIABLE);
        Conversation conversation = new Conversation(builder.start(), listener);
        try {
            Thread reader = new Thread(null, conversation::read, "talk-" + conversation.process.pid(), 0);
            reader.setDaemon(true);
            reader.start();
        } catch (OutOfMemoryError e) {
            conversation.process.destroyForcibly();
            if (RefusedThread.is(e)) {
                throw new IOException("no thread to read its answers", e);
            }
            throw e;
        }
        return conversation;
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a line; waits while the child does not read, so keep what is not answered yet below 64 KiB. */
    public void send(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        synchronized (out) {
            out.write(line.concat("\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    /** Ends its standard input, and the child itself if that does not within a second. Returns at once. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Conversation.class).debug("{} did not read to the end", process.pid(), e);
        }
        process.onExit().orTimeout(END_LIMIT_MILLIS, TimeUnit.MILLISECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return process;
        });
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            split(in, listener::said);
        } catch (IOException e) {
            LoggerFactory.getLogger(Conversation.class).debug("reading from {} ended", process.pid(), e);
        } finally {
            close();
            listener.ended();
        }
    }

    /** @throws IOException also when a line is too long, since what follows could not be understood */
    static void split(InputStream in, Consumer<String> lines) throws IOException {
        byte[] chunk = new byte[1 << 16];
        StringBuilder line = new StringBuilder();
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            int start = 0;
            for (int at = 0; at < count; at++) {
                if (chunk[at] == '\n') {
                    line.append(new String(chunk, start, at - start, StandardCharsets.US_ASCII));
                    lines.accept(line.toString());
                    line = new StringBuilder();
                    start = at + 1;
                }
            }
            line.append(new String(chunk, start, count - start, StandardCharsets.US_ASCII));
            if (line.length() > LONGEST_LINE_BYTES) {
                throw new IOException("a line of more than " + LONGEST_LINE_BYTES + " bytes");
            }
        }
    }
}
