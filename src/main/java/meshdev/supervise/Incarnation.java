package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;

/** What the machine knows of one launch of its agent. Changed by the machine only. */
final class Incarnation {
    final long run;
    Instant launchedAt;
    long pid;
    boolean alive = true;
    boolean lateReported;
    /** Modules were imported before its launch. */
    boolean warm;
    /** What had changed before its launch. */
    final Set<Path> changed;
    Optional<Instant> readyAt = Optional.empty();
    /** Present from the request to end on. */
    Optional<Stopping> stopping = Optional.empty();
    /** Present when the process ended unasked while members of its group lived on. */
    Optional<ExitStatus> ownExit = Optional.empty();
    Instant endedAt = Instant.EPOCH;
    /** Where it listened when it got ready. */
    OptionalInt readyPort = OptionalInt.empty();
    /** Runs while a reload that serves already waits for being registered. */
    Optional<ReloadTimer> registering = Optional.empty();
    /** Who else listened on its port when its start had failed. */
    Optional<ProcessName> portHolder = Optional.empty();

    Incarnation(long run, Set<Path> changed, Instant launchedAt) {
        this.run = run;
        this.changed = changed;
        this.launchedAt = launchedAt;
    }

    /** Stands for "never launched". */
    static Incarnation none() {
        Incarnation none = new Incarnation(0, Set.of(), Instant.EPOCH);
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

    /** Time in which nobody looked counts neither for the start nor as healthy. */
    void skip(Duration lost) {
        launchedAt = launchedAt.plus(lost);
        readyAt = readyAt.map(since -> since.plus(lost));
        stopping.ifPresent(stop -> stop.skip(lost));
    }
}
