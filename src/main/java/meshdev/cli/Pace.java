package meshdev.cli;

import java.time.Duration;
import java.time.Instant;

/** How many interpreters are to wait for one agent: two as long as changes come faster than its modules are imported. Thread-safe. */
final class Pace {
    /** Since a change last found too few. */
    static final Duration KEPT = Duration.ofMinutes(30);

    private Instant fastUntil = Instant.MIN;

    synchronized int wanted(Instant now) {
        return now.isBefore(fastUntil) ? 2 : 1;
    }

    /** A change has come, and so many waited with their modules imported. */
    synchronized void changed(int waited, Instant now) {
        if (waited < wanted(now)) {
            fastUntil = now.plus(KEPT);
        }
    }
}
