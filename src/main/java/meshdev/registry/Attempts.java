package meshdev.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of starting registries of ours: when the next may be started, which one, and what is told of failures. */
final class Attempts {
    private final Relaunches relaunches = new Relaunches();
    private Optional<RegistryEvent.Failure> uncharged = Optional.empty();
    private Instant notBefore = Instant.MIN;
    private boolean programIsGivenUp;
    private boolean embeddedFailed;

    Instant notBefore() {
        return notBefore;
    }

    /** Whether only the registry inside mesh-dev is started any more. */
    boolean programIsGivenUp() {
        return programIsGivenUp;
    }

    /** A start failed; whether that counts depends on what has the port now. */
    void failed(RegistryEvent.Failure failure) {
        uncharged = Optional.of(failure);
    }

    /** It failed because somebody else was faster at the port. */
    void forgive() {
        uncharged = Optional.empty();
    }

    /** It failed although the port is free. Returns what to tell of it. */
    Optional<RegistryEvent> charge(Instant now) {
        Optional<RegistryEvent.Failure> failure = uncharged;
        uncharged = Optional.empty();
        return failure.flatMap(one -> charge(one, now));
    }

    private Optional<RegistryEvent> charge(RegistryEvent.Failure failure, Instant now) {
        Duration pause = relaunches.failed();
        if (failure.what() == RegistryEvent.What.PROGRAM && relaunches.isHopeless()) {
            return Optional.of(fallBack(failure));
        }
        notBefore = now.plus(pause);
        boolean again = embeddedFailed && failure.what() == RegistryEvent.What.EMBEDDED;
        embeddedFailed = failure.what() == RegistryEvent.What.EMBEDDED;
        return again ? Optional.empty() : Optional.of(new RegistryEvent.StartFailed(failure, pause));
    }

    /** The program ended after it had answered for so long. Returns what to tell of it. */
    RegistryEvent ended(RegistryEvent.Failure failure, Duration answered, Instant now) {
        Duration pause = relaunches.ended(answered);
        if (relaunches.isHopeless()) {
            return fallBack(failure);
        }
        notBefore = now.plus(pause);
        return new RegistryEvent.Ended(failure, pause);
    }

    private RegistryEvent fallBack(RegistryEvent.Failure failure) {
        int failures = relaunches.failures();
        relaunches.reset();
        programIsGivenUp = true;
        notBefore = Instant.MIN;
        return new RegistryEvent.FellBack(failure, failures);
    }
}
