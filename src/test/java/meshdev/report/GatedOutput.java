package meshdev.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A terminal nobody reads from until {@link #open}; remembers what was written and in how many writes. */
final class GatedOutput extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile boolean gone;
    private int writes;

    void open() {
        gate.countDown();
    }

    /** The reader goes away: every write fails. */
    void leave() {
        gone = true;
        gate.countDown();
    }

    void awaitWriter() throws InterruptedException {
        reached.await();
    }

    synchronized List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }

    synchronized int writes() {
        return writes;
    }

    @Override
    public void write(int b) {
        throw new AssertionError("a byte at a time");
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        reached.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (gone) {
            throw new IOException("Broken pipe");
        }
        synchronized (this) {
            written.write(bytes, offset, count);
            writes++;
        }
    }
}
