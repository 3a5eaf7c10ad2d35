package meshdev.report;

import java.time.Duration;
import java.time.Instant;

/**
 * How much one agent may print: a good deal at once, and {@link #CHARS_A_SECOND} in the long run.
 *
 * <p>What was used up comes back a second's worth at a time and not by the line, so that a flood is passed on as whole
 * stretches with one gap a second. Pure; guarded by its user.
 */
final class Allowance {
    /** About what the log files keep of an agent in 50 seconds, and far more than anybody reads. */
    static final int CHARS_A_SECOND = 1024 * 1024;
    /** A long listing or a heap of stack traces is no flood. */
    static final int CHARS_AT_ONCE = 8 * 1024 * 1024;

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** A line without text takes room too: its time in the log, its prefix on the screen. */
    private static final int CHARS_PER_LINE = 32;

    private long left = CHARS_AT_ONCE;
    private Instant next = Instant.MIN;

    /** Whether a line of this length may pass now; if so, it is counted. */
    boolean admits(int length, Instant now) {
        if (!now.isBefore(next)) {
            refill(now);
        }
        if (left <= 0) {
            return false;
        }
        left -= length + CHARS_PER_LINE;
        return true;
    }

    private void refill(Instant now) {
        long seconds = next.equals(Instant.MIN) ? 0 : 1 + Duration.between(next, now).toSeconds();
        left = Math.min(CHARS_AT_ONCE, left + Math.min(seconds, CHARS_AT_ONCE / CHARS_A_SECOND) * CHARS_A_SECOND);
        next = now.plus(SECOND);
    }
}
