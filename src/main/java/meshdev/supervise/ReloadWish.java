package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reload an agent is owed: what changed since its launch, how far it is prepared, how long it takes. */
final class ReloadWish {
    private Optional<Reload> owed = Optional.empty();
    private Optional<ReloadTimer> timer = Optional.empty();
    /** When the first of the changes came that have waited for quiet ever since. */
    private Optional<Instant> waitingSince = Optional.empty();
    private Stage stage = Stage.SETTLED;
    private long ticket;
    /** What is owed was asked for, and may not happen before a change mends it. */
    private boolean refused;

    /** How far the files are that the next launch would run. */
    private enum Stage {
        /** No change is known that is not quiet. */
        SETTLED,
        /** A change is known that is not quiet yet: nothing may be launched. */
        UNSETTLED,
        /** The successor can run as soon as nothing else does. */
        PREPARED,
        /** As prepared, and stays so whatever changes. */
        FORCED,
        /** Forced, and something has changed since. */
        FORCED_UNSETTLED
    }

    /** A change is known that is not quiet yet; answers to earlier questions are void, unless nobody waits any more. */
    void unsettle() {
        stage = switch (stage) {
            case SETTLED, UNSETTLED, PREPARED -> Stage.UNSETTLED;
            case FORCED, FORCED_UNSETTLED -> Stage.FORCED_UNSETTLED;
        };
        ticket++;
    }

    /** Takes the files as they are, changing or not, and launches them next. */
    void force() {
        stage = Stage.FORCED;
    }

    /** Whether changes have gone on for so long that waiting for quiet would starve the reload. */
    boolean isOverdue(Duration patience, Instant now) {
        return waitingSince.map(since -> !now.isBefore(since.plus(patience))).orElse(false);
    }

    /** Whether a launch has to wait for changes to become quiet. */
    boolean isUnsettled() {
        return stage == Stage.UNSETTLED;
    }

    /** Owes a reload whose changes have {@link #settle settled}. */
    void add(Reload reload) {
        stage = stage == Stage.FORCED ? stage : Stage.SETTLED;
        owe(reload);
        refused = false;
        waitingSince = waitingSince.or(() -> Optional.of(reload.firstAt()));
    }

    /** Owes a launch for another reason than a change of files: quiet or not, prepared or not stays as it is. */
    void also(Reload reload) {
        owe(reload);
    }

    private void owe(Reload reload) {
        owed = Optional.of(owed.map(older -> refused ? older.mendedBy(reload) : older.and(reload)).orElse(reload));
    }

    void settle() {
        stage = switch (stage) {
            case SETTLED, UNSETTLED -> Stage.SETTLED;
            case PREPARED -> Stage.PREPARED;
            case FORCED, FORCED_UNSETTLED -> Stage.FORCED;
        };
    }

    /** The entry file is gone: until it is back nothing can be launched, and nothing is owed any more. */
    void miss() {
        drop();
        stage = Stage.UNSETTLED;
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
            timer = Optional.of(new ReloadTimer(reload.firstAt().minus(reload.detected())));
        }
        mark("detect", reload.firstAt());
        mark("quiet", reload.quietAt());
    }

    /** Asks a new question; only {@link #answers its answer} counts. */
    Effect.Prepare ask() {
        return new Effect.Prepare(++ticket, owed.orElseThrow().files());
    }

    /** What was asked about last, to be looked at once more. */
    Effect.Confirm confirm() {
        return new Effect.Confirm(ticket, owed.orElseThrow().files());
    }

    boolean answers(long answered) {
        return answered == ticket;
    }

    /** Whether a reload is owed that nobody has refused. */
    boolean isOpen() {
        return owed.isPresent() && !refused;
    }

    /** What is owed stays so, until a change mends it. */
    void refused() {
        refused = true;
        stopTimer();
    }

    void prepared() {
        stage = switch (stage) {
            case SETTLED, PREPARED -> Stage.PREPARED;
            case UNSETTLED -> Stage.UNSETTLED;
            case FORCED, FORCED_UNSETTLED -> stage;
        };
        waitingSince = Optional.empty();
    }

    boolean isPrepared() {
        return switch (stage) {
            case PREPARED, FORCED, FORCED_UNSETTLED -> true;
            case SETTLED, UNSETTLED -> false;
        };
    }

    /** The launch makes good what was owed; its time runs on until ready. */
    Set<Path> takeChanged() {
        Set<Path> changed = owed.map(Reload::files).orElse(Set.of());
        refused = false;
        owed = Optional.empty();
        stage = withoutPreparation();
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

    /** The successor is ready: hands out the time of the reload; empty when the launch was none. */
    Optional<ReloadTimer> served(Instant now) {
        mark("ready", now);
        Optional<ReloadTimer> done = timer;
        stopTimer();
        return done;
    }

    void drop() {
        refused = false;
        owed = Optional.empty();
        stage = withoutPreparation();
        stopTimer();
        ticket++;
    }

    /** As if nothing had ever changed. */
    void forget() {
        drop();
        stage = Stage.SETTLED;
    }

    private Stage withoutPreparation() {
        return switch (stage) {
            case SETTLED, PREPARED, FORCED -> Stage.SETTLED;
            case UNSETTLED, FORCED_UNSETTLED -> Stage.UNSETTLED;
        };
    }
}
