package meshdev.report;

import java.util.List;

/** Writes queued lines to the log files, so that no agent and not the supervisor ever waits for the disk. */
final class LogWriter implements Runnable {
    private static final int BATCH_CHARS = 32 * 1024;

    private final LineQueue queue;
    private final LogFiles files;

    private LogWriter(LineQueue queue, LogFiles files) {
        this.queue = queue;
        this.files = files;
    }

    /** Starts the thread, a daemon; it ends when the queue is closed and empty. */
    static void start(LineQueue queue, LogFiles files) {
        Thread thread = new Thread(new LogWriter(queue, files), "log");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            List<LineQueue.Line> batch = queue.take(BATCH_CHARS);
            while (!batch.isEmpty()) {
                for (LineQueue.Line line : batch) {
                    write(line);
                }
                queue.written(batch.size());
                batch = queue.take(BATCH_CHARS);
            }
        } catch (InterruptedException e) {
            queue.abandon();
        }
    }

    /** A fault costs one line: without this thread every agent would wait for room. */
    private void write(LineQueue.Line line) {
        try {
            files.write(line);
        } catch (RuntimeException e) {
            System.err.println("mesh-dev: a line of the log is lost: " + e);
        }
    }
}
