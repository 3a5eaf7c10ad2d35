package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;
import meshdev.process.ReadySign;
import meshdev.watch.Change;
import meshdev.watch.Refusal;

/** What can happen to the supervisor. A closed list; {@link Supervisor#post} is the only door. */
public sealed interface Message {
    /**
     * Watched files changed.
     *
     * @param at       when the change was noticed
     * @param detected how long before that the files were written; zero when that is not known
     */
    record FilesChanged(List<Change> changes, Instant at, Duration detected) implements Message {
        public FilesChanged {
            changes = List.copyOf(changes);
        }

        public FilesChanged(List<Change> changes, Instant at) {
            this(changes, at, Duration.ZERO);
        }
    }

    /** Files that are not watched changed: nothing to do, but it is kept why. */
    record FilesRefused(List<Refusal> refusals, Instant at) implements Message {
        public FilesRefused {
            refusals = List.copyOf(refusals);
        }
    }

    /** Whom these files concern is being looked up: until {@link Searched} no reload is decided by them. */
    record Searching(long number, Set<Path> files) implements Message {
        public Searching {
            files = Set.copyOf(files);
        }
    }

    /** All searches up to this number have been answered; what they found was posted before. */
    record Searched(long number) implements Message {
    }

    /** Other settings, other agents, or both. */
    record Reconfigured(Reconfiguration to) implements Message {
    }

    /** @param warming how much of the time went into waiting for the successor alone */
    record Prepared(String agent, long ticket, Duration warming) implements Message {
    }

    record Refused(String agent, long ticket, Objection objection) implements Message {
    }

    /** Files changed, but nothing that runs: of a notebook only its outputs, say. */
    record Unchanged(String agent, long ticket) implements Message {
    }

    /** The files of that question are as they were. */
    record Confirmed(String agent, long ticket) implements Message {
    }

    /** The process ended, but left members of its group or escaped ones behind. */
    record LeaderExited(String agent, long run, ExitStatus exit, List<ProcessName> left) implements Message {
        public LeaderExited {
            left = List.copyOf(left);
        }
    }

    /** @param portHolder who else listens on its port, when it ended with a failure before it was ready */
    record Gone(String agent, long run, ExitStatus exit, Optional<ProcessName> portHolder) implements Message {
    }

    record Ready(String agent, long run, ReadySign sign) implements Message {
    }

    record Registered(String agent, long run) implements Message {
    }

    /** @param late for so long the agent was waited for in vain, now or earlier; empty when no registry said so */
    record NotRegistered(String agent, long run, Optional<Duration> late) implements Message {
    }

    /** End all agents, then the loop; a second one ends their grace. The first exit code stands. */
    record Quit(int exitCode) implements Message {
    }

    /** Nobody reads what mesh-dev says any more, its output is closed or its terminal gone: a reason to quit, none to hurry. */
    record OutputClosed(int exitCode) implements Message {
    }
}
