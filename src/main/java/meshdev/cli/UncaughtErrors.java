package meshdev.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import meshdev.process.RefusedThread;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an error that nobody handles. Without memory nothing can be relied on any more, so the program ends at
 * once, and all that needs is made beforehand. Any other error costs the thread it happened in.
 */
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
    /**
     * Let go when the heap is full: even what is made beforehand may need a little memory at its first use. Not more, since it
     * is allocated before the first launch, where a collection would take 3 ms.
     */
    private static final int RESERVE_BYTES = 64 * 1024;
    private static final int LAST_WORDS_MILLIS = 500;

    private final byte[][] reserve = {new byte[RESERVE_BYTES]};
    private final Runtime runtime = Runtime.getRuntime();
    private final FileOutputStream error = new FileOutputStream(FileDescriptor.err);
    private final byte[] outOfMemory = ("mesh-dev: out of memory; its agents are ended"
            + " (MESH_DEV_JAVA_OPTS=-Xmx256m gives it more)\n").getBytes(StandardCharsets.US_ASCII);

    /** Nobody may read the message: then the thread that writes it waits for ever, and the end does not. */
    private final Thread lastWords = new Thread(null, this::writeLastWords, "last-words", 0);

    private UncaughtErrors() {
        lastWords.setDaemon(true);
        isFatal(new OutOfMemoryError("native thread")); // what its first use loads is loaded now
    }

    /** Takes care of the threads of the whole program. */
    static void handle() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (isFatal(thrown)) {
            end();
        }
        System.err.println("mesh-dev: internal error in " + thread.getName() + ": " + thrown);
        LoggerFactory.getLogger(UncaughtErrors.class).error("{} ended by an error", thread.getName(), thrown);
    }

    /** A heap that is full; that the system allows no more threads is reported by the same class, but passes. */
    private boolean isFatal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError error) {
                return !RefusedThread.is(error);
            }
        }
        return false;
    }

    private void end() {
        reserve[0] = outOfMemory;
        try {
            lastWords.start();
            lastWords.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException | RuntimeException | Error silent) {
            return; // by way of the end below
        } finally {
            runtime.halt(ExitCode.FAILED);
        }
    }

    private void writeLastWords() {
        try {
            error.write(outOfMemory);
        } catch (IOException nobodyReads) {
            return;
        }
    }
}
