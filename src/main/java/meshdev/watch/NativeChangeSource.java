package meshdev.watch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints from the operating system. Runs one session of the library after another on a thread of its own: whatever ends
 * a session - lost events, a deleted root, an exception - becomes a hint, and a new session after a growing pause.
 * Sessions are ended on a thread of their own as well, because the JDK waits there for one that may have died.
 * Until {@link #start} no class of the library is loaded.
 */
final class NativeChangeSource implements ChangeSource {
    private static final Logger log = LoggerFactory.getLogger(NativeChangeSource.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration HEALTHY = Duration.ofSeconds(10);
    private static final int MOST_FAILURES_IN_A_ROW = 5;
    private static final String NO_THREAD = "the system refuses a thread for native events; raise the limit with ulimit -u";
    private static final Runnable NOTHING = () -> { };

    private final WatchRules rules;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<Runnable> endSession = new AtomicReference<>(NOTHING);
    private volatile boolean listening;
    private volatile boolean closed;
    private int failures;

    NativeChangeSource(WatchRules rules) {
        this.rules = rules;
    }

    @Override
    public void start(Hints hints) {
        try {
            inBackground("mesh-dev-watch-native", () -> run(hints));
        } catch (OutOfMemoryError error) {
            mustBeRefusedThread(error);
            hints.failed(NO_THREAD);
        }
    }

    /** A thread that the system refuses has the class of a heap that is full, but passes, and scans need none. */
    private static void mustBeRefusedThread(OutOfMemoryError error) {
        if (!String.valueOf(error.getMessage()).contains("native thread")) {
            throw error;
        }
    }

    /** Without a thread for it the session goes on, and what it does not see the safety scan does. */
    @Override
    public void refresh() {
        wake.release();
        try {
            inBackground("mesh-dev-watch-end", endSession.get());
        } catch (OutOfMemoryError error) {
            mustBeRefusedThread(error);
        }
    }

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public WatchMode mode() {
        return WatchMode.nativeEvents();
    }

    @Override
    public void close() {
        closed = true;
        refresh();
    }

    private void run(Hints hints) {
        try {
            runSessions(hints);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (NativeSession.Impossible impossible) {
            hints.failed(impossible.getMessage());
        } catch (OutOfMemoryError error) {
            mustBeRefusedThread(error);
            hints.failed(NO_THREAD);
        } catch (RuntimeException | Error unexpected) {
            log.warn("native file watching broke off", unexpected);
            hints.failed("native file watching broke off: " + unexpected);
        }
    }

    private void runSessions(Hints hints) throws NativeSession.Impossible, InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            long begin = System.nanoTime();
            runSession(hints);
            hints.unsure();
            pause = System.nanoTime() - begin > HEALTHY.toNanos() ? SHORTEST_PAUSE : pause;
            if (!closed && !wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = twice(pause);
            }
            wake.drainPermits();
        }
    }

    private void runSession(Hints hints) throws NativeSession.Impossible {
        NativeSession session = new NativeSession(rules, hints, () -> {
            listening = true;
            hints.unsure();
        });
        endSession.set(session::close);
        try {
            if (!closed) {
                session.run();
            }
            countFailures(session);
        } finally {
            listening = false;
            endSession.set(NOTHING);
            session.close();
        }
    }

    /** A session that never came to listen is no watching at all; users should know when it stays that way. */
    private void countFailures(NativeSession session) throws NativeSession.Impossible {
        failures = listening || session.failure().isEmpty() ? 0 : failures + 1;
        if (failures >= MOST_FAILURES_IN_A_ROW) {
            throw new NativeSession.Impossible("native events can't be had: " + session.failure().get());
        }
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static Duration twice(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
