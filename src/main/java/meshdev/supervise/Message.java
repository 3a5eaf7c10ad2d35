package meshdev.supervise;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ReadySign;

/** What can happen to the supervisor. A closed list; {@link Supervisor#post} is the only door. */
public sealed interface Message {
    /** Watched files changed; the moment is when the change was noticed. */
    record FilesChanged(Set<Path> files, Instant at) implements Message {
    }

    /** Files changed that are only to be logged. */
    record LogOnlyChanged(Set<Path> files) implements Message {
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
}
