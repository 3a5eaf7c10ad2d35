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
 * Until {@link #start} no class of the library is loaded.
 */
final class NativeChangeSource implements ChangeSource {
    private static final Logger log = LoggerFactory.getLogger(NativeChangeSource.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration HEALTHY = Duration.ofSeconds(10);
    private static final Runnable NOTHING = () -> { };

    private final WatchRules rules;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<Runnable> endSession = new AtomicReference<>(NOTHING);
    private volatile boolean closed;

    NativeChangeSource(WatchRules rules) {
        this.rules = rules;
    }

    @Override
    public void start(Hints hints) {
        Thread thread = new Thread(() -> run(hints), "mesh-dev-watch-native");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void refresh() {
        wake.release();
        endSession.get().run();
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
        Duration pause = SHORTEST_PAUSE;
        try {
            while (!closed) {
                long begin = System.nanoTime();
                runSession(hints);
                hints.changed();
                pause = System.nanoTime() - begin > HEALTHY.toNanos() ? SHORTEST_PAUSE : pause;
                if (!closed && !wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    pause = twice(pause);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (NativeSession.Impossible impossible) {
            hints.failed(impossible.getMessage());
        } catch (RuntimeException | LinkageError unexpected) {
            log.warn("native file watching broke off", unexpected);
            hints.failed("native file watching broke off: " + unexpected);
        }
    }

    private void runSession(Hints hints) throws NativeSession.Impossible {
        NativeSession session = new NativeSession(rules, hints);
        endSession.set(session::close);
        try {
            if (!closed) {
                session.run();
            }
        } finally {
            endSession.set(NOTHING);
            session.close();
        }
    }

    private static Duration twice(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
