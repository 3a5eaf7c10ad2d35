package meshdev.watch;

import java.time.Duration;

/**
 * How changes are noticed.
 *
 * @param reason   why it is this mode, for a user
 * @param interval the shortest time between scans that no hint asked for
 * @param costLimit such a scan comes no sooner than this many times the last scan's own duration
 */
public record WatchMode(Kind kind, String reason, Duration interval, int costLimit) {
    /** Events of the operating system, or scans at an interval. */
    public enum Kind { NATIVE, POLLING }

    static WatchMode nativeEvents() {
        return new WatchMode(Kind.NATIVE, "events of the operating system, and a safety scan",
                Duration.ofSeconds(2), 1000);
    }

    static WatchMode polling(Duration interval, String reason) {
        return new WatchMode(Kind.POLLING, reason, interval, 10);
    }
}
