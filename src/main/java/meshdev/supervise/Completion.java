package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells of launches that serve: of a first start at once, of a reload when the registry knows of it too, or is not waited for any
 * longer. Has no clock. Used by the supervisor's thread only.
 */
final class Completion {
    private final String name;
    private final Outbox outbox;
    /** That the agent does not register was said since it last did. */
    private boolean unregisteredTold;

    Completion(String name, Outbox outbox) {
        this.name = name;
        this.outbox = outbox;
    }

    /**
     * The incarnation is ready, which it knows.
     *
     * @param reload    the time of the reload that it is; empty when it is none, or one that will not be told of
     * @param registers whether the registry is to know of it, if it listens
     */
    void serves(Incarnation ready, Optional<ReloadTimer> reload, boolean registers, Instant now) {
        ready.registering = reload;
        if (reload.isEmpty()) {
            outbox.report(new SupervisorEvent.Ready(name, ready.readyPort, ready.pid, Duration.between(ready.launchedAt, now)));
        }
        if (registers && ready.readyPort.isPresent()) {
            listens(ready, ready.readyPort.getAsInt());
        } else {
            complete(ready);
        }
    }

    /** The registry is to know of it, perhaps for another reason than a reload. */
    void listens(Incarnation ready, int port) {
        outbox.add(new Effect.AwaitRegistered(ready.run, port));
    }

    /** The registry knows the agent as it runs now. */
    void registered(Incarnation ready, Instant now) {
        unregisteredTold = false;
        ready.registering.ifPresent(timer -> timer.mark("registered", now));
        complete(ready);
    }

    /**
     * It is not waited for any longer. Told once, and only after a reload: what registers nowhere may be a plain program. The time
     * it was waited for is none of the reload's.
     *
     * @param late for so long it was waited for in vain, now or earlier; empty when no registry said so
     */
    void notRegistered(Incarnation ready, Optional<Duration> late) {
        if (ready.registering.isEmpty()) {
            return;
        }
        complete(ready);
        if (late.isPresent() && !unregisteredTold) {
            unregisteredTold = true;
            outbox.report(new SupervisorEvent.NotRegistered(name, late.get()));
        }
    }

    /** Tells of the reload that serves and was not told of yet. */
    void complete(Incarnation ready) {
        ready.registering.ifPresent(timer -> outbox.report(
                new SupervisorEvent.ReloadCompleted(name, timer.total(), timer.parts(), ready.readyPort, ready.pid)));
        ready.registering = Optional.empty();
    }
}
