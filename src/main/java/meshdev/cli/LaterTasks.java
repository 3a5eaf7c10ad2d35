package meshdev.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import meshdev.process.RefusedThread;
import org.slf4j.LoggerFactory;

/** What is done for successors beside everything else, on two threads that go when there is nothing to do. Thread-safe. */
final class LaterTasks implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 5;

    /** Made when it is needed, which is not before the first agents run. */
    private Optional<ScheduledThreadPoolExecutor> threads = Optional.empty();
    private boolean closed;

    /** Runs a task after a while, at once if that is negative. Completed, never with a failure, whatever becomes of it. */
    CompletableFuture<Void> later(Duration pause, Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            threads().schedule(() -> {
                guarded(task);
                done.complete(null);
            }, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            done.complete(null); // the run is over
        } catch (OutOfMemoryError e) {
            done.complete(null);
            if (!RefusedThread.is(e)) {
                throw e;
            }
            LoggerFactory.getLogger(LaterTasks.class).warn("no thread for successors; agents are launched without");
        }
        return done;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(LaterTasks.class).error("a successor failed; agents are launched without", e);
        }
    }

    private synchronized ScheduledThreadPoolExecutor threads() {
        if (threads.isEmpty()) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(THREADS, task -> {
                Thread thread = new Thread(null, task, "successors", 0);
                thread.setDaemon(true);
                return thread;
            });
            made.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            made.allowCoreThreadTimeOut(true);
            if (closed) {
                made.shutdown();
            }
            threads = Optional.of(made);
        }
        return threads.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
    }
}
