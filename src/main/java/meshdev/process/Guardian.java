package meshdev.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A small program that ends the agents when mesh-dev dies without doing it. It holds the other end of a pipe: the system
 * closes ours however we end. A thread of its own writes to it and starts it again if somebody ends it.
 *
 * <p>Thread-safe; {@link #watch} and {@link #forget} never wait.
 */
public final class Guardian implements AutoCloseable {
    private static final int MOST_STARTS = 10;
    /** Doubled from one start to the next. */
    private static final long RESTART_PAUSE_MILLIS = 200;
    private static final long END_LIMIT_MILLIS = 1000;

    private final List<String> command;
    private final Consumer<String> warnings;
    /** What is to be known, by group; the thread tells the program the difference to what it was told. */
    private final Map<Long, String> wanted = new HashMap<>();
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final Thread thread = new Thread(null, this::run, "guardian", 0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * Starts nothing yet.
     *
     * @param script   the program
     * @param mark     by which it finds processes that left their groups
     * @param log      mesh-dev's own log, to which it adds a line when it had to act
     * @param project  named in that line
     * @param warnings whole sentences for a user, from any thread
     */
    public Guardian(Path script, Mark mark, Path log, String project, Consumer<String> warnings) {
        this.command = SessionCommand.wrap(List.of("/bin/sh", script.toString(), mark.run(),
                Long.toString(ProcessHandle.current().pid()), log.toString(), project));
        this.warnings = warnings;
    }

    /** Starts the program; until then, and whenever it is not there, what is to be known waits. Call once. */
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    /** This group is to be ended if mesh-dev dies. */
    void watch(long group, StopRule stopRule) {
        long tenths = Math.max(1, stopRule.grace().toMillis() / 100);
        synchronized (wanted) {
            wanted.put(group, stopRule.signal() + " " + tenths + (stopRule.last() ? " last" : ""));
        }
        wake.offer(true);
    }

    /** This group is gone. */
    void forget(long group) {
        synchronized (wanted) {
            wanted.remove(group);
        }
        wake.offer(true);
    }

    /** Agents are down: the program looks for what escaped, and ends. Waits for that at most a second. */
    @Override
    public void close() {
        closing = true;
        closed.countDown();
        wake.offer(true);
        try {
            thread.join(END_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (int starts = 1; !closing && starts <= MOST_STARTS; starts++) {
                guard();
                if (!closing) {
                    closed.await(RESTART_PAUSE_MILLIS << starts, TimeUnit.MILLISECONDS);
                }
            }
            if (!closing) {
                warnings.accept("nothing watches over the agents any more: they would outlive a mesh-dev that is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the program and keeps it informed, until it or mesh-dev ends. */
    private void guard() throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().remove(Mark.VARIABLE); // of a mesh-dev whose agent started this one
            Process program = builder.start();
            program.onExit().thenRun(() -> wake.offer(true));
            try (OutputStream pipe = program.getOutputStream()) {
                inform(program, pipe);
            }
            program.waitFor(END_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            LoggerFactory.getLogger(Guardian.class).warn("no thread for the guardian: {}", e.toString());
        } catch (IOException e) {
            LoggerFactory.getLogger(Guardian.class).warn("the guardian ended: {}", e.toString());
        }
    }

    private void inform(Process program, OutputStream pipe) throws IOException, InterruptedException {
        Set<Long> told = new HashSet<>();
        while (program.isAlive() && !closing) {
            pipe.write(difference(told).getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            wake.take();
        }
        if (closing) {
            pipe.write((difference(told) + "end\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private String difference(Set<Long> told) {
        StringBuilder lines = new StringBuilder();
        synchronized (wanted) {
            told.removeIf(group -> {
                boolean gone = !wanted.containsKey(group);
                lines.append(gone ? "- " + group + "\n" : "");
                return gone;
            });
            wanted.forEach((group, ending) -> {
                if (told.add(group)) {
                    lines.append("+ ").append(group).append(' ').append(ending).append('\n');
                }
            });
        }
        return lines.toString();
    }
}
