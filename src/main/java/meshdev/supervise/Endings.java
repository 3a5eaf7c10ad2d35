package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;

/** Judges how an agent ended: finished, a failed start (the circuit breaker counts those), or a crash. Has no clock. */
final class Endings {
    private final String name;
    private AgentPolicy policy;
    private final Backoff backoff = new Backoff();

    Endings(String name, AgentPolicy policy) {
        this.name = name;
        this.policy = policy;
    }

    /** From now on these rules hold. */
    void reconfigure(AgentPolicy next) {
        policy = next;
    }

    /** The incarnation ended unasked at that time; {@code port} is the one it should have had. */
    Ending ended(Incarnation incarnation, ExitStatus exit, Instant at, OptionalInt port) {
        if (exit.success()) {
            return new Ending(Phase.FINISHED, Optional.empty(), new SupervisorEvent.Finished(name));
        }
        if (!incarnation.isReady() && incarnation.startedWithin(policy.startupWindow(), at)) {
            return startFailed(exit.toString(), port, incarnation.portHolder);
        }
        Duration delay = backoff.crashDelay(incarnation.readyFor(at));
        return new Ending(Phase.WAITING, Optional.of(delay),
                new SupervisorEvent.Crashed(name, exit, Optional.of(delay)));
    }

    /** A start failed; {@code why} in words. */
    Ending startFailed(String why, OptionalInt port, Optional<ProcessName> holder) {
        StartFailure failure = new StartFailure(why, port, holder);
        int failed = backoff.failedStart();
        if (failed >= policy.startupAttempts()) {
            return new Ending(Phase.TRIPPED, Optional.empty(),
                    new SupervisorEvent.BreakerTripped(name, failure, failed, policy.startupWindow()));
        }
        Duration delay = backoff.startDelay();
        return new Ending(Phase.WAITING, Optional.of(delay),
                new SupervisorEvent.StartFailed(name, failure, failed, policy.startupAttempts(), delay));
    }

    /** The row of failed starts is over. */
    void ready() {
        backoff.ready();
    }

    /** A change, a restart or a new setting: everything may be different now. */
    void reset() {
        backoff.reset();
    }
}
