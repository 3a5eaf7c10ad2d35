package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;

/** What happened, as values; the report package finds the words. A closed list. */
public sealed interface SupervisorEvent {
    /** Ready after a launch that was not a reload. {@code port} is empty for an agent that listens nowhere. */
    record Ready(String agent, OptionalInt port, long pid, Duration took) implements SupervisorEvent {
    }

    /** The first launch of an agent waits until these are ready. */
    record WaitsFor(String agent, Set<String> dependencies) implements SupervisorEvent {
    }

    /** The first launch of an agent does not wait any longer for some that are not ready; why not, by their names. */
    record StartsWithout(String agent, Map<String, StartOrder.Standing> dependencies) implements SupervisorEvent {
    }

    /** A change is about to restart an agent. */
    record Reloading(String agent, String reason) implements SupervisorEvent {
    }

    /** Ready again after a change. */
    record ReloadCompleted(String agent, Duration took, List<PhaseTime> phases, OptionalInt port, long pid)
            implements SupervisorEvent {
    }

    /** It serves, but the registry did not hear of it in that time; its reloads are not waited for any longer. */
    record NotRegistered(String agent, Duration waited) implements SupervisorEvent {
    }

    /** It died before it was ready, and modules had been imported before its launch: it is launched again without that. */
    record WarmStartFailed(String agent, ExitStatus exit) implements SupervisorEvent {
    }

    /** The successor was refused; the old process serves on when {@code serving}. */
    record ReloadRefused(String agent, Objection objection, boolean serving) implements SupervisorEvent {
    }

    /** Files of an agent changed, but nothing that it runs. */
    record Unchanged(String agent, Set<Path> files) implements SupervisorEvent {
    }

    /** Ended by itself with exit code 0. */
    record Finished(String agent) implements SupervisorEvent {
    }

    /** Ended by itself; launched again after {@code retryIn}, or when its file changes. */
    record Crashed(String agent, ExitStatus exit, Optional<Duration> retryIn) implements SupervisorEvent {
    }

    /** A start failed; tried again after {@code retryIn}. */
    record StartFailed(String agent, StartFailure failure, int attempt, int attempts, Duration retryIn)
            implements SupervisorEvent {
    }

    /** The circuit breaker opened. */
    record BreakerTripped(String agent, StartFailure failure, int attempts, Duration window) implements SupervisorEvent {
    }

    /** The group takes its time to end; {@code living} is who it waits for, {@code killIn} how long it still does. */
    record StillStopping(String agent, List<ProcessName> living, Duration killIn) implements SupervisorEvent {
    }

    /** The group did not end in time; {@code living} was killed. */
    record Killed(String agent, Duration grace, List<ProcessName> living) implements SupervisorEvent {
    }

    /** Even a kill did not end it; it is left alone and not launched again beside it. */
    record Unkillable(String agent, long pid) implements SupervisorEvent {
    }

    /** Launched, but not ready for so long. Said once a launch. */
    record NotReady(String agent, Duration waited, OptionalInt port) implements SupervisorEvent {
    }

    /** Listens on another port than it should. */
    record PortElsewhere(String agent, int expected, int actual, Optional<ProcessName> holder) implements SupervisorEvent {
    }

    record Stopped(String agent) implements SupervisorEvent {
    }

    /** Files that are watched but reload nothing. */
    record LogOnly(Set<Path> files) implements SupervisorEvent {
    }

    /** Files that are watched, but which no agent runs or claims. */
    record NobodyConcerned(Set<Path> files) implements SupervisorEvent {
    }

    /** A file was rewritten so often that the reload did not wait for quiet any longer. */
    record EndlessWriter(String agent, Set<Path> files) implements SupervisorEvent {
    }

    /** Changes that were taken for the agent's own, after it was paused for these files. */
    record Ignored(String agent, Set<Path> files) implements SupervisorEvent {
    }

    /** It ended by itself and left processes behind, which are ended too; none when they have gone meanwhile. */
    record LeftBehind(String agent, List<ProcessName> processes) implements SupervisorEvent {
        public LeftBehind {
            processes = List.copyOf(processes);
        }
    }

    /** The agent rewrites that file whenever it starts: such a change does not reload it any more. */
    record Paused(String agent, Path file) implements SupervisorEvent {
    }

    /** The agent's entry file is gone; the process is kept when {@code serving}, and a reload comes when the file is back. */
    record Missing(String agent, boolean serving) implements SupervisorEvent {
    }

    /** What a change of a file led to; for who looks into it, users are told of what follows. */
    record Decided(FileDecision decision) implements SupervisorEvent {
    }

    /** An agent that the run is to have no longer has ended. */
    record Left(String agent) implements SupervisorEvent {
    }

    /** mesh-dev itself went wrong; supervision goes on. */
    record Fault(Throwable cause) implements SupervisorEvent {
    }

    /** All agents were asked to end. */
    record Quitting(int agents, boolean atOnce) implements SupervisorEvent {
    }
}
