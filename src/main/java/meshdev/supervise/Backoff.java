package meshdev.supervise;

import java.time.Duration;

/** How often an agent failed in a row, and how long to wait before it is tried again. Times are given in by the caller. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** An agent that was ready for so long is healthy again: the next crash begins at the first delay. */
    private static final Duration HEALTHY = Duration.ofSeconds(10);

    private int failedStarts;
    private Duration nextCrashDelay = FIRST;

    /** Counts a start that failed; returns how many did in a row. */
    int failedStart() {
        return ++failedStarts;
    }

    /** 0.5 s after the first failed start, doubling up to 30 s. */
    Duration startDelay() {
        return shorter(FIRST.multipliedBy(1L << Math.min(failedStarts - 1, 10)));
    }

    /** The delay after a crash of an agent that had been ready for so long; doubles from 0.5 s to 30 s. */
    Duration crashDelay(Duration readyFor) {
        if (readyFor.compareTo(HEALTHY) >= 0) {
            nextCrashDelay = FIRST;
        }
        Duration delay = nextCrashDelay;
        nextCrashDelay = shorter(delay.multipliedBy(2));
        return delay;
    }

    private static Duration shorter(Duration delay) {
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    void ready() {
        failedStarts = 0;
    }

    /** A change, a restart or a new setting: everything may be different now. */
    void reset() {
        failedStarts = 0;
        nextCrashDelay = FIRST;
    }
}
