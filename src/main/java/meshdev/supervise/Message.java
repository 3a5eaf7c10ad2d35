package meshdev.supervise;

import java.time.Instant;
import java.util.List;
import meshdev.process.ExitStatus;
import meshdev.process.ReadySign;
import meshdev.watch.Change;

/** What can happen to the supervisor. A closed list; {@link Supervisor#post} is the only door. */
public sealed interface Message {
    /** Watched files changed; the moment is when the change was noticed. */
    record FilesChanged(List<Change> changes, Instant at) implements Message {
        public FilesChanged {
            changes = List.copyOf(changes);
        }
    }

    record Prepared(String agent, long ticket) implements Message {
    }

    record Refused(String agent, long ticket, String reason) implements Message {
    }

    record LeaderExited(String agent, long run, ExitStatus exit) implements Message {
    }

    record Gone(String agent, long run, ExitStatus exit) implements Message {
    }

    record Ready(String agent, long run, ReadySign sign) implements Message {
    }

    /** End all agents, then the loop; a second one ends their grace. The first exit code stands. */
    record Quit(int exitCode) implements Message {
    }

    /** Nobody reads what mesh-dev says any more: a reason to quit, but none to hurry. */
    record OutputClosed(int exitCode) implements Message {
    }
}
