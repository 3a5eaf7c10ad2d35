package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How one incarnation is brought to its end: asked, named when it takes its time, killed, given up. Has no clock. */
final class Stopping {
    /** Who has not gone by then is named: the user is waiting. */
    static final Duration NAMED_AFTER = Duration.ofSeconds(1);
    /** How long after the kill a group may take to vanish before it is given up (a process in a system call). */
    static final Duration KILL_LIMIT = Duration.ofSeconds(2);

    private enum Step {
        ASKED, NAMED, KILLED, GIVEN_UP
    }

    /** What is due when the deadline has passed. */
    enum Deed {
        NAME, KILL, GIVE_UP
    }

    private Step step = Step.ASKED;
    /** When the present step began; for {@link Step#NAMED} still when it was asked. */
    private Instant since;
    private Duration grace;

    /** @param grace from the request to end until the kill */
    Stopping(Instant askedAt, Duration grace) {
        this.since = askedAt;
        this.grace = grace;
    }

    Duration grace() {
        return grace;
    }

    /** From that moment until the kill. */
    Duration left(Instant now) {
        return Duration.between(now, since.plus(grace));
    }

    boolean isKilled() {
        return step == Step.KILLED || step == Step.GIVEN_UP;
    }

    boolean isGivenUp() {
        return step == Step.GIVEN_UP;
    }

    Optional<Instant> deadline() {
        return switch (step) {
            case ASKED -> Optional.of(since.plus(NAMED_AFTER.compareTo(grace) < 0 ? NAMED_AFTER : grace));
            case NAMED -> Optional.of(since.plus(grace));
            case KILLED -> Optional.of(since.plus(KILL_LIMIT));
            case GIVEN_UP -> Optional.empty();
        };
    }

    /** Takes the next step, because the deadline has passed. */
    Deed proceed(Instant now) {
        return switch (step) {
            case ASKED, NAMED -> now.isBefore(since.plus(grace)) ? name() : kill(now);
            case KILLED, GIVEN_UP -> giveUp();
        };
    }

    private Deed name() {
        step = Step.NAMED;
        return Deed.NAME;
    }

    private Deed kill(Instant now) {
        killed(now);
        return Deed.KILL;
    }

    private Deed giveUp() {
        step = Step.GIVEN_UP;
        return Deed.GIVE_UP;
    }

    void killed(Instant now) {
        step = Step.KILLED;
        since = now;
    }

    /** Another grace, counted from the request; what was killed stays killed. */
    void extend(Duration other) {
        grace = other;
    }

    /** Time that does not count. */
    void skip(Duration lost) {
        since = since.plus(lost);
    }
}
