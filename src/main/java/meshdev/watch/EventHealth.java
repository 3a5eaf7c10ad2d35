package meshdev.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges by what scans find whether events still arrive. A change that no event has announced within two seconds means
 * that events were missed; three such changes, with no announced one between, mean that none arrive here: a network
 * folder, a folder shared with a virtual machine, a watcher that is dead inside. Has no clock; used by one thread.
 */
final class EventHealth {
    /** The two seconds: macOS gathers events before it tells them, and a stopped process reads them late. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_IN_A_ROW = 3;

    private Optional<Instant> surprisedAt = Optional.empty();
    private int inARow;

    /** What follows from what is known. */
    enum Verdict {
        /** Nothing speaks against the events. */
        FINE,
        /** Some were missed: a new session may hear more. */
        MISSED,
        /** None arrive, nor after a new session. */
        DEAF
    }

    /** A scan that nothing had asked for found changes. */
    void surprised(Instant at) {
        surprisedAt = surprisedAt.or(() -> Optional.of(at));
    }

    /** An event came: also the late one of a change that was found before it. */
    void heard() {
        surprisedAt = Optional.empty();
    }

    /** An event led to a change. */
    void announced() {
        surprisedAt = Optional.empty();
        inARow = 0;
    }

    /** When {@link #judge} will have an answer; empty while nothing is in doubt. */
    Optional<Instant> deadline() {
        return surprisedAt.map(at -> at.plus(GRACE));
    }

    /** The verdict, told once per surprise. */
    Verdict judge(Instant now) {
        if (deadline().isEmpty() || now.isBefore(deadline().get())) {
            return Verdict.FINE;
        }
        surprisedAt = Optional.empty();
        inARow++;
        return inARow < MOST_IN_A_ROW ? Verdict.MISSED : Verdict.DEAF;
    }
}
