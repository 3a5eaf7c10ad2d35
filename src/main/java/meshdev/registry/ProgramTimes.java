package meshdev.registry;

import java.time.Duration;
import java.time.Instant;

/** When the program was started, when it answered, and what it is allowed to take. Times are given in by the caller. */
final class ProgramTimes {
    /** A program that does not answer by then is ended. */
    static final Duration HEALTH_LIMIT = Duration.ofSeconds(10);
    private static final Duration EAGER = Duration.ofSeconds(1);
    private static final Duration EAGER_PAUSE = Duration.ofMillis(25);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private long pid;
    private Instant since = Instant.MIN;

    void launched(long program, Instant now) {
        pid = program;
        since = now;
    }

    /** Returns what to tell of it. */
    RegistryEvent answered(Instant now) {
        RegistryEvent started = new RegistryEvent.Started(pid, age(now));
        since = now;
        return started;
    }

    /** How long ago it was launched, or answered first. */
    Duration age(Instant now) {
        return Duration.between(since, now);
    }

    long pid() {
        return pid;
    }

    boolean isTooSlow(Instant now) {
        return age(now).compareTo(HEALTH_LIMIT) >= 0;
    }

    /** When to ask it next whether it answers. */
    Instant nextAsk(Instant now) {
        return now.plus(age(now).compareTo(EAGER) < 0 ? EAGER_PAUSE : PAUSE);
    }

    /** Why it is ended when it is too slow. */
    static RegistryEvent.Failure tooSlow(RegistryEvent.Failure end) {
        return new RegistryEvent.Failure(end.what(), "it did not answer in " + HEALTH_LIMIT.toSeconds() + " s", end.lastLines());
    }
}
