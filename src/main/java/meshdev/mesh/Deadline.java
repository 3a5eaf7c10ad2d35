package meshdev.mesh;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Interrupts the thread that set it, and closes what it was told to, unless it is closed in time. */
final class Deadline implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final Duration limit;
    private final Future<?> alarm;
    private Closeable resource = () -> { };
    private boolean passed;
    private boolean closed;

    Deadline(Duration limit, ScheduledExecutorService timer) {
        this.limit = limit;
        this.alarm = timer.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void pass() {
        if (closed) {
            return;
        }
        passed = true;
        worker.interrupt();
        try {
            resource.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Deadline.class).debug("closing what took too long: {}", e.toString());
        }
    }

    /** For what an interrupt does not end, such as reading from the JDK's HTTP client. */
    synchronized void willClose(Closeable what) throws IOException {
        resource = what;
        if (passed) {
            what.close();
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
