package meshdev.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meshdev.process.ProcessName;

/** What happens to the registry. A closed list. */
public sealed interface RegistryEvent {
    /** A registry answers that is not ours. */
    record Used() implements RegistryEvent {
    }

    /** The program that we started answers. */
    record Started(long pid, Duration took) implements RegistryEvent {
    }

    /** The registry inside mesh-dev answers. */
    record Embedded() implements RegistryEvent {
    }

    /** A registry of somebody else's that was used is gone; one of ours takes its place. */
    record TakingOver() implements RegistryEvent {
    }

    /**
     * The port belongs to a program that is no registry.
     *
     * @param how    it behaves, for a message: {@code answers HTTP 404}
     * @param holder empty when the system does not tell
     */
    record Foreign(int port, String how, Optional<ProcessName> holder) implements RegistryEvent {
    }

    /**
     * Nothing answers and it is not ours to start.
     *
     * @param why for a message: {@code nobody listens}
     */
    record Unreachable(String why) implements RegistryEvent {
    }

    /** The program that answered has ended; it is started again. */
    record Ended(Failure failure, Duration retryIn) implements RegistryEvent {
    }

    /** A registry could not be started; it is tried again. */
    record StartFailed(Failure failure, Duration retryIn) implements RegistryEvent {
    }

    /** The program has failed too often: from now on the registry inside mesh-dev is used. */
    record FellBack(Failure failure, int failures) implements RegistryEvent {
    }

    /** The program does not end although it was killed. */
    record Unkillable(long pid) implements RegistryEvent {
    }

    /**
     * Why something of ours does not run.
     *
     * @param what      the program or the registry inside
     * @param lastLines it printed, oldest first, without secrets of ours
     */
    record Failure(What what, String why, List<String> lastLines) {
        public Failure {
            lastLines = List.copyOf(lastLines);
        }
    }

    /** The two registries that we start. */
    enum What {
        PROGRAM, EMBEDDED
    }
}
