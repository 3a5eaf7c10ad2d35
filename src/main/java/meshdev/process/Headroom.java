package meshdev.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Threads that do nothing and files that nobody reads, held while a process is launched, so that as many are surely to be
 * had afterwards: every signal, the watcher and native access need some. Without them a launch that takes the last one
 * would leave a mesh-dev that no Ctrl-C ends. Costs half a millisecond, and so is used only where few are allowed.
 */
final class Headroom {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final int THREADS = 20;
    /** Free while the others are held: what the launch itself takes, and the thread that any signal needs meanwhile. */
    private static final int LEFT_FREE = 6;
    private static final int FILES = 24;
    /** More than anybody's agents need. */
    private static final long AMPLE = 2048;
    private static final int STACK_BYTES = 64 * 1024;

    private static final String SYSTEM = limits();
    private static final boolean FEW_PROCESSES = isTight(SYSTEM, "Max processes");
    private static final boolean FEW_FILES = isTight(SYSTEM, "Max open files");

    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch counted = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<FileInputStream> files = new ArrayList<>();

    private Headroom() {
    }

    /**
     * None is held when this fails.
     *
     * @throws OutOfMemoryError when the system refuses so many threads
     * @throws IOException      when it refuses so many files
     */
    static Headroom hold() throws IOException {
        Headroom headroom = new Headroom();
        if (FEW_FILES || FEW_PROCESSES) {
            Posix.number("TERM"); // loading it needs both, and fails for good
        }
        try {
            if (FEW_FILES) {
                headroom.openFiles();
            }
            if (FEW_PROCESSES) {
                headroom.startThreads();
            }
        } catch (OutOfMemoryError | IOException e) {
            headroom.close();
            throw e;
        }
        return headroom;
    }

    private void openFiles() throws IOException {
        for (int i = 0; i < FILES; i++) {
            files.add(new FileInputStream("/dev/null"));
        }
    }

    private void startThreads() {
        List<Thread> leftFree = startThreads(LEFT_FREE, counted);
        startThreads(THREADS, released);
        counted.countDown();
        join(leftFree);
    }

    private List<Thread> startThreads(int number, CountDownLatch end) {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(null, () -> idle(end), "headroom", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
            started.add(thread);
        }
        return started;
    }

    private static void idle(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when all is given back. */
    void close() {
        for (FileInputStream file : files) {
            try {
                file.close();
            } catch (IOException e) {
                continue; // the system has taken it back all the same
            }
        }
        counted.countDown();
        released.countDown();
        join(threads);
    }

    private static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String limits() {
        try {
            return Files.readString(LIMITS, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** @param limits as in {@code /proc/PID/limits}: name, soft limit, hard limit, unit */
    static boolean isTight(String limits, String name) {
        int line = limits.indexOf(name);
        if (line < 0) {
            return false;
        }
        int from = line + name.length();
        while (from < limits.length() && limits.charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (to < limits.length() && Character.isDigit(limits.charAt(to))) {
            to++;
        }
        return to > from && to - from < 10 && Long.parseLong(limits.substring(from, to)) < AMPLE;
    }
}
