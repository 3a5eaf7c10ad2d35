package meshdev.mesh;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import meshdev.process.RefusedThread;

/**
 * The registry's threads: as many as there are requests at once, within a bound; all daemons. A slow client occupies one until
 * its time is over, so there are as many as there may be connections: else a few slow ones would keep everybody out.
 */
final class Workers {
    /** Most of it is never touched. */
    private static final int STACK_BYTES = 256 << 10;
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** How long the accepting thread waits for one to be free. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(1, ServerLimits.MOST_CONNECTIONS, IDLE.toMillis(), TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(), named("registry"), Workers::waitAndDrop);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("registry-timer"));

    Workers() {
        pool.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(null, work, name + "-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What is dropped is closed by the server when the time for its request is over. */
    private static void waitAndDrop(Runnable work, ThreadPoolExecutor pool) {
        try {
            pool.getQueue().offer(work, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs requests. */
    Executor pool() {
        return work -> {
            try {
                pool.execute(work);
            } catch (OutOfMemoryError e) {
                if (!RefusedThread.is(e)) {
                    throw e;
                }
                waitAndDrop(work, pool); // no more threads are to be had
            }
        };
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    void stop() {
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
