package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The reload an agent is owed: what changed since its launch, how far it is prepared, how long it takes. */
final class ReloadWish {
    private Optional<Reload> owed = Optional.empty();
    private Optional<ReloadTimer> timer = Optional.empty();
    /** When the first of the changes came that have waited for quiet ever since. */
    private Optional<Instant> waitingSince = Optional.empty();
    private boolean unsettled;
    private boolean prepared;
    private boolean forced;
    private long ticket;

    /** A change is known that is not quiet yet; answers to earlier questions are void, unless nobody waits any more. */
    void unsettle() {
        unsettled = true;
        prepared = prepared && forced;
        ticket++;
    }

    /** Takes the files as they are, changing or not, and launches them next. */
    void force() {
        forced = true;
        prepared = true;
    }

    /** Whether changes have gone on for so long that waiting for quiet would starve the reload. */
    boolean isOverdue(Duration patience, Instant now) {
        return waitingSince.map(since -> !now.isBefore(since.plus(patience))).orElse(false);
    }

    /** Whether a launch has to wait for changes to become quiet. */
    boolean isUnsettled() {
        return unsettled && !forced;
    }

    /** Owes a reload whose changes have {@link #settle settled}. */
    void add(Reload reload) {
        prepared = false;
        owed = Optional.of(owed.map(older -> older.and(reload)).orElse(reload));
        waitingSince = waitingSince.or(() -> Optional.of(reload.firstAt()));
    }

    void settle() {
        unsettled = false;
    }

    /** The entry file is gone: until it is back nothing can be launched, and nothing is owed any more. */
    void miss() {
        drop();
        unsettled = true;
    }

    boolean isOwed() {
        return owed.isPresent();
    }

    Reload owed() {
        return owed.orElseThrow();
    }

    /** Ends the quiet time of what is owed. */
    void startTimer() {
        Reload reload = owed.orElseThrow();
        if (timer.isEmpty()) {
            timer = Optional.of(new ReloadTimer(reload.firstAt()));
        }
        mark("quiet", reload.quietAt());
    }

    /** Asks a new question; only {@link #answers its answer} counts. */
    Effect.Prepare ask() {
        return new Effect.Prepare(++ticket, owed.orElseThrow().files());
    }

    boolean answers(long answered) {
        return answered == ticket;
    }

    void prepared() {
        prepared = true;
        waitingSince = Optional.empty();
    }

    boolean isPrepared() {
        return prepared;
    }

    /** The launch makes good what was owed; its time runs on until ready. */
    Set<Path> takeChanged() {
        Set<Path> changed = owed.map(Reload::files).orElse(Set.of());
        owed = Optional.empty();
        prepared = false;
        forced = false;
        waitingSince = Optional.empty();
        return changed;
    }

    void mark(String part, Instant now) {
        timer.ifPresent(running -> running.mark(part, now));
    }

    void stopTimer() {
        timer = Optional.empty();
        waitingSince = Optional.empty();
    }

    /** Ends the time of a reload; empty when the launch was none. */
    Optional<SupervisorEvent.ReloadCompleted> complete(
            String agent, OptionalInt port, long pid, Instant now) {
        mark("ready", now);
        Optional<ReloadTimer> done = timer;
        stopTimer();
        return done.map(t -> new SupervisorEvent.ReloadCompleted(agent, t.total(), t.parts(), port, pid));
    }

    void drop() {
        owed = Optional.empty();
        forced = false;
        stopTimer();
        ticket++;
    }
}
