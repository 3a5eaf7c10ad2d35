package meshdev.supervise;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import meshdev.process.ProcessName;

/** What a machine wants done; the supervisor does it. A closed list. */
sealed interface Effect {
    /** Call for a reload when these files have been quiet for long enough. */
    record AwaitQuiet(Set<Path> files, Instant seenAt) implements Effect {
    }

    /**
     * A launch may be wanted soon: let an interpreter for it start, unless one waits already.
     *
     * @param changed what it will be asked about; may be only part of that
     */
    record Warm(OptionalInt port, Set<Path> changed) implements Effect {
    }

    /**
     * No launch is in sight any more.
     *
     * @param over whether no change will bring one either
     */
    record Cool(boolean over) implements Effect {
    }

    /** Tell when the agent is registered, or is not within a limit; answered by {@code registered}. */
    record AwaitRegistered(long run, int port) implements Effect {
    }

    /** Get a successor ready while the old process serves; answered by {@code prepared} or {@code refused}. */
    record Prepare(long ticket, Set<Path> changed) implements Effect {
    }

    /** Look whether these files still are as they were asked about; answered by {@code confirmed} if they are. */
    record Confirm(long ticket, Set<Path> changed) implements Effect {
    }

    /**
     * Run the agent now.
     *
     * @param run     number of the incarnation, from 1
     * @param port    the port the incarnation before had
     * @param changed files that changed since the launch before
     * @param reloads how many launches were reloads, this one included
     * @param cold    nothing may be imported beforehand
     */
    record Launch(long run, OptionalInt port, Set<Path> changed, int reloads, boolean cold) implements Effect {
    }

    /** Ask the group to end. */
    record Terminate(long run) implements Effect {
    }

    /** End the group at once. */
    record Kill(long run) implements Effect {
    }

    record Report(SupervisorEvent event) implements Effect {
    }

    /** Report what depends on which processes of the agent live at this moment. */
    record ReportLiving(Function<List<ProcessName>, SupervisorEvent> event) implements Effect {
    }
}
