package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings incarnations to their end, as {@link Stopping} says: what is to be done to the group, and who is told of. Has no clock.
 * Used by the supervisor's thread only.
 */
final class Termination {
    private final String name;
    private final Outbox outbox;

    Termination(String name, Outbox outbox) {
        this.name = name;
        this.outbox = outbox;
    }

    /** @param grace until the group is killed */
    void ask(Incarnation incarnation, Duration grace, Instant now) {
        outbox.add(new Effect.Terminate(incarnation.run));
        incarnation.stopping = Optional.of(new Stopping(now, grace));
    }

    /** Ends the grace; a second time it does nothing. */
    void kill(Incarnation incarnation, Instant now) {
        Stopping stopping = incarnation.stopping.orElseThrow();
        if (!stopping.isKilled()) {
            stopping.killed(now);
            outbox.add(new Effect.Kill(incarnation.run));
        }
    }

    /** Does what is due when the deadline of its stopping has passed. */
    void proceed(Incarnation incarnation, Instant now) {
        Stopping stopping = incarnation.stopping.orElseThrow();
        switch (stopping.proceed(now)) {
            case NAME -> {
                Duration left = stopping.left(now);
                outbox.reportLiving(living -> new SupervisorEvent.StillStopping(name, living, left));
            }
            case KILL -> {
                outbox.reportLiving(living -> new SupervisorEvent.Killed(name, stopping.grace(), living));
                outbox.add(new Effect.Kill(incarnation.run));
            }
            case GIVE_UP -> outbox.report(new SupervisorEvent.Unkillable(name, incarnation.pid));
        }
    }
}
