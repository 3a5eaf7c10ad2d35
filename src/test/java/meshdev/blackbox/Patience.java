package meshdev.blackbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state, never for a time. */
public final class Patience {
    /** Long, because the machine may be busy; a test that passes never waits so long. */
    public static final Duration LIMIT = Duration.ofSeconds(25);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Patience() {
    }

    public static void until(String what, BooleanSupplier holds, Supplier<String> evidence) {
        until(what, LIMIT, holds, evidence);
    }

    /** @param evidence asked for only when the limit has passed */
    public static void until(String what, Duration limit, BooleanSupplier holds, Supplier<String> evidence) {
        if (!within(limit, holds)) {
            throw new AssertionError("not within " + limit.toMillis() + " ms: " + what + "\n" + evidence.get());
        }
    }

    /** Whether the state was reached in time. */
    public static boolean within(Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return holds.getAsBoolean();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Fails as soon as the state is left; this is the only wait that a passing test sits out to its end. */
    public static void staysFor(String what, Duration time, BooleanSupplier holds, Supplier<String> evidence) {
        if (within(time, () -> !holds.getAsBoolean())) {
            throw new AssertionError("did not last " + time.toMillis() + " ms: " + what + "\n" + evidence.get());
        }
    }
}
