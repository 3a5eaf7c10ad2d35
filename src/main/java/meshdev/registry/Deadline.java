package meshdev.registry;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that set it, unless it is closed in time. */
final class Deadline implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final Duration limit;
    private final Future<?> alarm;
    private boolean passed;
    private boolean closed;

    Deadline(Duration limit, ScheduledExecutorService timer) {
        this.limit = limit;
        this.alarm = timer.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void pass() {
        if (!closed) {
            passed = true;
            worker.interrupt();
        }
    }

    Duration limit() {
        return limit;
    }

    synchronized boolean isPassed() {
        return passed;
    }

    /** From now on the thread is not interrupted by this, nor is it still. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            alarm.cancel(false);
            if (passed) {
                Thread.interrupted();
            }
        }
    }
}
