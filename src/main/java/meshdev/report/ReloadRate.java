package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often an agent is reloaded.
 *
 * @param lastMinute reloads in the minute before now
 * @param busiest    the most reloads within any minute of the last hour
 */
record ReloadRate(int lastMinute, int busiest) {
    /** Nobody saves and looks more often than every three seconds, for a minute. */
    static final int LIMIT = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** @param reloads when each was completed, oldest first */
    static ReloadRate of(List<Instant> reloads, Instant now) {
        int busiest = 0;
        int lastMinute = 0;
        int first = 0;
        for (int last = 0; last < reloads.size(); last++) {
            Instant at = reloads.get(last);
            while (!reloads.get(first).isAfter(at.minus(MINUTE))) {
                first++;
            }
            if (at.isAfter(now.minus(REMEMBERED))) {
                busiest = Math.max(busiest, last - first + 1);
            }
            lastMinute += at.isAfter(now.minus(MINUTE)) ? 1 : 0;
        }
        return new ReloadRate(lastMinute, busiest);
    }

    boolean isTooMany() {
        return busiest > LIMIT;
    }

    String sentence() {
        return busiest + " reloads within a minute, more than " + LIMIT + ": if a tool writes its files, and not you, add them to"
                + " exclude in .meshwatch, or raise reload_delay";
    }
}
