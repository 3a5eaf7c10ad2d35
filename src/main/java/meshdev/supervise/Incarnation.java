package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import meshdev.process.ExitStatus;

/** What the machine knows of one launch of its agent. Changed by the machine only. */
final class Incarnation {
    final long run;
    final Instant launchedAt;
    long pid;
    boolean alive = true;
    boolean killed;
    /** From the request to end until the kill. */
    Duration grace = Duration.ZERO;
    boolean lateReported;
    Optional<Instant> readyAt = Optional.empty();
    /** Present when the process ended unasked while members of its group lived on. */
    Optional<ExitStatus> ownExit = Optional.empty();
    Instant endedAt = Instant.EPOCH;

    Incarnation(long run, Instant launchedAt) {
        this.run = run;
        this.launchedAt = launchedAt;
    }

    /** Stands for "never launched". */
    static Incarnation none() {
        Incarnation none = new Incarnation(0, Instant.EPOCH);
        none.alive = false;
        return none;
    }

    boolean isReady() {
        return readyAt.isPresent();
    }

    boolean startedWithin(Duration window, Instant now) {
        return now.isBefore(launchedAt.plus(window));
    }

    Duration readyFor(Instant now) {
        return readyAt.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }
}
