package meshdev.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code agents:} in a {@code .meshwatch}.
 *
 * @param origin     where the entry begins
 * @param path       entry file or folder, relative to the project root
 * @param command    what to run instead of the chosen interpreter; empty when not given
 * @param cwd        working directory, relative to the project root
 * @param env        in the order of the file; prints its names only
 * @param port       1-65535
 * @param health     an absolute URL, or a path beginning with {@code /} on the agent's port
 * @param watch      extra globs; a change of a matching file reloads this agent
 * @param stopSignal a signal name without {@code SIG}, such as {@code INT}
 * @param dependsOn  names of agents that are to be ready before its first start, each once
 */
public record AgentSettings(
        Origin origin,
        Optional<Sourced<String>> path,
        List<String> command,
        Optional<Sourced<String>> cwd,
        Map<String, String> env,
        Optional<Sourced<Integer>> port,
        Optional<Sourced<String>> health,
        List<Sourced<String>> watch,
        Optional<Sourced<String>> stopSignal,
        Optional<Sourced<Duration>> stopTimeout,
        List<Sourced<String>> dependsOn) {

    public AgentSettings {
        command = List.copyOf(command);
        env = SecretMap.copyOf(env);
        watch = List.copyOf(watch);
        dependsOn = List.copyOf(dependsOn);
    }
}
