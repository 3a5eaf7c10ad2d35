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
    private boolean unsettled;
    private boolean prepared;
    private long ticket;

    /** A change is known that is not quiet yet; answers to earlier questions are void. */
    void unsettle() {
        unsettled = true;
        prepared = false;
        ticket++;
    }

    boolean isUnsettled() {
        return unsettled;
    }

    void add(Reload reload) {
        unsettled = false;
        prepared = false;
        owed = Optional.of(owed.map(older -> older.and(reload)).orElse(reload));
    }

    void settle() {
        unsettled = false;
    }

    boolean isOwed() {
        return owed.isPresent();
    }

    String reason() {
        return owed.orElseThrow().reason();
    }

    /** Asks a new question; only {@link #answers its answer} counts. */
    Effect.Prepare ask() {
        Reload reload = owed.orElseThrow();
        if (timer.isEmpty()) {
            timer = Optional.of(new ReloadTimer(reload.firstAt()));
        }
        mark("quiet", reload.quietAt());
        return new Effect.Prepare(++ticket, reload.files());
    }

    boolean answers(long answered) {
        return answered == ticket;
    }

    void prepared() {
        prepared = true;
    }

    boolean isPrepared() {
        return prepared;
    }

    /** The launch makes good what was owed; its time runs on until ready. */
    Set<Path> takeChanged() {
        Set<Path> changed = owed.map(Reload::files).orElse(Set.of());
        owed = Optional.empty();
        prepared = false;
        return changed;
    }

    void mark(String part, Instant now) {
        timer.ifPresent(running -> running.mark(part, now));
    }

    void stopTimer() {
        timer = Optional.empty();
    }

    /** Ends the time of a reload; empty when the launch was none. */
    Optional<SupervisorEvent.ReloadCompleted> complete(
            String agent, java.util.OptionalInt port, long pid, Instant now) {
        mark("ready", now);
        Optional<ReloadTimer> done = timer;
        stopTimer();
        return done.map(t -> new SupervisorEvent.ReloadCompleted(agent, t.total(), t.parts(), port, pid));
    }

    void drop() {
        owed = Optional.empty();
        stopTimer();
        ticket++;
    }
}
