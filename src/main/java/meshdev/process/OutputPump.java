package meshdev.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Carries what one process prints to the sink, line by line, on a thread of its own. A grandchild may keep the pipe
 * open long after the process ended, so nobody waits for the pump without a limit.
 */
final class OutputPump {
    private static final int CHUNK = 16 * 1024;
    private static final long LOOK_AGAIN_MILLIS = 20;
    /** So often in a row nothing may come before the pipe counts as empty: 100 ms, or longer on a busy machine. */
    private static final int SILENT_LOOKS = 5;
    /** A sink that takes its time, or a machine that has none. */
    private static final int MOST_LOOKS = 150;

    private final String name;
    private final InputStream output;
    private final OutputSink sink;
    private final LineSplitter lines;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Counts up when a read begins and when it has ended: odd while reading. Written by the pump's thread. */
    private volatile long step;
    /** The read that has last found the pipe empty behind what it took; likewise. */
    private volatile long emptied;

    private OutputPump(String name, InputStream output, OutputSink sink) {
        this.name = name;
        this.output = output;
        this.sink = sink;
        this.lines = new LineSplitter(line -> sink.line(name, line));
    }

    static OutputPump start(String name, InputStream output, OutputSink sink) {
        OutputPump pump = new OutputPump(name, output, sink);
        Thread thread = new Thread(null, pump::run, "output-" + name, 0);
        thread.setDaemon(true);
        thread.start();
        return pump;
    }

    private void run() {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = read(chunk); length >= 0; length = read(chunk)) {
                feed(chunk, length);
                if (length < CHUNK) {
                    emptied = step - 1; // a read goes on until its buffer is full or nothing more is there
                }
            }
        } catch (IOException e) {
            return; // the JDK closes the pipe of an ended process under a reader's feet
        } finally {
            ended.countDown();
        }
    }

    private int read(byte[] chunk) throws IOException {
        step = step + 1;
        try {
            return output.read(chunk);
        } finally {
            step = step + 1;
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

    /**
     * Delivers what the process printed before it ended, the last line even when it has no end. To be called when it has
     * ended. Waits for the end of the pipe; if somebody else holds that open, until the pipe was seen empty.
     */
    void finish() throws InterruptedException {
        long atTheEnd = step;
        int silent = 0;
        for (int look = 0; look < MOST_LOOKS && silent < SILENT_LOOKS && emptied <= atTheEnd; look++) {
            long before = step;
            if (ended.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
            boolean waits = step == before && before % 2 == 1;
            silent = waits ? silent + 1 : 0;
        }
        try {
            synchronized (lines) {
                lines.finish();
            }
            sink.over(name);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(OutputPump.class).error("last words were lost", e);
        }
    }
}
