package meshdev.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks again and again what the system tells nobody by itself: every 1 to 50 ms, ever more rarely. */
final class Polling {
    private static final long SLOWEST_MILLIS = 50;

    private Polling() {
    }

    /** Returns when the condition holds; whoever calls has a limit, or somebody else who sees to it. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long pause = 1;
        while (!condition.getAsBoolean()) {
            never.await(pause, TimeUnit.MILLISECONDS);
            pause = Math.min(pause * 2, SLOWEST_MILLIS);
        }
    }
}
