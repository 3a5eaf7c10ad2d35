package meshdev.registry;

import java.time.Duration;

/** How often what we start failed in a row, and how long to wait before the next attempt. Times are given in by the caller. */
final class Relaunches {
    /** A registry that answered for so long is sound: its end is the first failure. */
    static final Duration SOUND = Duration.ofSeconds(10);
    /** After so many failures in a row the program is given up. */
    static final int MOST = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int LONGEST_SHIFT = 6;

    private int failures;

    /** Counts a start that failed. Returns how long to wait: nothing at first, then 0.5 s, doubling up to 32 s. */
    Duration failed() {
        failures++;
        return failures == 1 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 2, LONGEST_SHIFT));
    }

    /** Counts the end of one that answered for so long; returns what {@link #failed} does. */
    Duration ended(Duration answered) {
        if (answered.compareTo(SOUND) >= 0) {
            failures = 0;
        }
        return failed();
    }

    boolean isHopeless() {
        return failures >= MOST;
    }

    int failures() {
        return failures;
    }

    /** Something else is tried. */
    void reset() {
        failures = 0;
    }
}
