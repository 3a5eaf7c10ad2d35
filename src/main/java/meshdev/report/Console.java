package meshdev.report;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The only writer to the user's terminal: whole lines, in the order they were said, by a thread of its own.
 *
 * <p>Saying something never waits for the terminal: what can't be written in time is queued, and beyond the bounds of
 * {@link LineQueue} dropped with a line that counts it; a flood of agents never costs a line of mesh-dev's own.
 * Thread-safe. Cheap to create, because that happens before the first agent is started.
 */
public final class Console {
    /** Written at once, in characters before prefixes: large enough to be fast, small enough to be timely. */
    private static final int BATCH_CHARS = 32 * 1024;
    /** A disk that takes longer than this must not keep the user in the dark. */
    private static final Duration LOG_LIMIT = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Runnable onClosed;
    private final CompletableFuture<List<String>> first;
    private final LineQueue queue;
    private volatile Optional<LogFiles> logs = Optional.empty();

    private Console(Terminal terminal, InstantSource clock, Runnable onClosed, CompletableFuture<List<String>> first) {
        this.first = first;
        this.terminal = terminal;
        this.onClosed = onClosed;
        this.queue = new LineQueue(clock);
    }

    /**
     * Starts the writing thread, a daemon.
     *
     * @param clock    limits how often dropped lines are reported
     * @param onClosed called once, on the writing thread, when nobody reads the terminal any more; from then on
     *                 everything said is forgotten
     * @param first    lines of mesh-dev's own that are shown before any other; the others wait for them, so complete it soon
     */
    public static Console open(Terminal terminal, InstantSource clock, Runnable onClosed, CompletableFuture<List<String>> first) {
        Console console = new Console(terminal, clock, onClosed, first);
        Thread writer = new Thread(console.new Writer(), "console");
        writer.setDaemon(true);
        writer.start();
        return console;
    }

    /**
     * What a script or a user sees on the console is in these logs already, if it was given to them first and the disk
     * takes it in time.
     */
    public void showAfterLogging(LogFiles first) {
        logs = Optional.of(first);
    }

    /** Says a line of mesh-dev's own. */
    public void own(String text) {
        queue.offerOwn(text);
    }

    /** Passes on a line an agent wrote; its escape sequences may still be in it. */
    public void agent(String agent, String line) {
        queue.offerAgent(agent, line, Duration.ZERO);
    }

    /**
     * Waits until everything said before is written; false when that took longer than the limit, or can't be. What is
     * said from now on is forgotten, and the writing thread ends when it can.
     */
    public boolean close(Duration limit) {
        first.complete(List.of());
        queue.close();
        return queue.awaitWritten(limit);
    }

    private final class Writer implements Runnable {
        private final StringBuilder text = new StringBuilder();
        private boolean loggedInTime = true;

        @Override
        public void run() {
            try {
                writeFirst();
                List<LineQueue.Line> batch = queue.take(BATCH_CHARS);
                while (!batch.isEmpty()) {
                    awaitLogged();
                    write(batch);
                    queue.written(batch.size());
                    batch = queue.take(BATCH_CHARS);
                }
            } catch (IOException e) {
                queue.abandon();
                onClosed.run();
            } catch (InterruptedException e) {
                queue.abandon();
            }
        }

        private void writeFirst() throws IOException {
            List<String> lines = first.join();
            text.setLength(0);
            for (String line : lines) {
                terminal.layout().append(text, ConsoleLayout.OWN_NAME, line);
                text.append('\n');
            }
            if (!lines.isEmpty()) {
                flush();
            }
        }

        /** Once it was too slow, it is not waited for again before it has caught up. */
        private void awaitLogged() {
            loggedInTime = logs.isEmpty() || logs.get().awaitWritten(loggedInTime ? LOG_LIMIT : Duration.ZERO);
        }

        private void write(List<LineQueue.Line> batch) throws IOException {
            text.setLength(0);
            for (LineQueue.Line line : batch) {
                if (line.isGap()) {
                    terminal.layout().append(text, ConsoleLayout.OWN_NAME, gap(line, "terminal too slow"));
                } else {
                    terminal.layout().append(text, line.of().name(), line.text());
                }
                text.append('\n');
            }
            flush();
        }

        private void flush() throws IOException {
            try {
                terminal.out().write(terminal.encode(text));
                terminal.out().flush();
            } catch (IOException e) {
                if (!isFull(e)) {
                    throw e;
                }
            }
        }

        /** Output redirected to a file on a full disk: those lines are lost, but somebody may still make room. */
        private boolean isFull(IOException failure) {
            String message = String.valueOf(failure.getMessage());
            return message.contains("No space left") || message.contains("quota exceeded") || message.contains("File too large");
        }
    }

    /** Says whose lines are missing, and why. */
    static String gap(LineQueue.Line line, String why) {
        return line.text() + " of " + line.of().name() + " dropped (" + why + ")";
    }
}
