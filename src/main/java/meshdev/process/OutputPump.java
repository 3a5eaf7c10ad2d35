package meshdev.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Carries what one process prints to the sink, line by line, on a thread of its own. A grandchild may keep the pipe
 * open long after the process ended, so nobody waits for the pump without a limit.
 */
final class OutputPump {
    private static final int CHUNK = 16 * 1024;

    private final InputStream output;
    private final LineSplitter lines;
    private final CountDownLatch ended = new CountDownLatch(1);

    private OutputPump(InputStream output, Consumer<String> sink) {
        this.output = output;
        this.lines = new LineSplitter(sink);
    }

    static OutputPump start(String name, InputStream output, Consumer<String> sink) {
        OutputPump pump = new OutputPump(output, sink);
        Thread thread = new Thread(null, pump::run, "output-" + name, 0);
        thread.setDaemon(true);
        thread.start();
        return pump;
    }

    private void run() {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
                feed(chunk, length);
            }
        } catch (IOException e) {
            return; // the JDK closes the pipe of an ended process under a reader's feet
        } finally {
            ended.countDown();
        }
    }

    /** A sink that fails must not stop the reading: the process would block when its pipe is full. */
    private void feed(byte[] chunk, int length) {
        try {
            synchronized (lines) {
                lines.feed(chunk, 0, length);
            }
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(OutputPump.class).error("output was lost", e);
        }
    }

    /** Delivers the last line even when it has no end. Waits for the end of the pipe, but only so long. */
    void finish(long limitMillis) throws InterruptedException {
        ended.await(limitMillis, TimeUnit.MILLISECONDS);
        synchronized (lines) {
            lines.finish();
        }
    }
}
