package meshdev.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.config.Sourced;

/**
 * One program to supervise.
 *
 * @param name             {@code [a-z0-9-]+}, unique among the agents of a run
 * @param kind             decides which rules apply to its files
 * @param file             the entry file, absolute, links not resolved
 * @param folder           present for a folder agent: every file below belongs to it; absolute
 * @param command          what to execute, program first; never through a shell
 * @param workingDirectory absolute
 * @param env              the agent's own {@code env} of {@code .meshwatch}
 * @param port             the configured port
 * @param health           an absolute URL, or a path beginning with {@code /} on the agent's port
 * @param watch            extra globs that claim files for this agent
 * @param stopSignal       a signal name without {@code SIG}; {@code TERM} when empty
 * @param stopTimeout      this agent's own grace; the global one when empty
 */
public record Agent(
        String name,
        Kind kind,
        Path file,
        Optional<Path> folder,
        List<String> command,
        Path workingDirectory,
        Map<String, String> env,
        OptionalInt port,
        Optional<String> health,
        List<Sourced<String>> watch,
        Optional<String> stopSignal,
        Optional<Duration> stopTimeout) {

    /** What an agent is written in, as far as mesh-dev treats kinds differently. */
    public enum Kind {
        PYTHON, NOTEBOOK, NODE, TYPESCRIPT, JAR, MAVEN, EXECUTABLE
    }

    public Agent {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        watch = List.copyOf(watch);
    }

    /** Leaves out the environment: its values may be secret. */
    @Override
    public String toString() {
        return "Agent[" + name + ", " + kind + ", " + file + "]";
    }
}
