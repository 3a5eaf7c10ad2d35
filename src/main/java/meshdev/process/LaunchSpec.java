package meshdev.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param name        whose output it is; also names threads
 * @param command     program first, an absolute path or a name to be found on the {@code PATH} of {@code environment}
 * @param environment the whole environment; nothing is inherited beside it, and a {@link Mark} is added
 * @param stopRule    how it is asked to end
 */
public record LaunchSpec(String name, List<String> command, Path workingDirectory, Map<String, String> environment,
        StopRule stopRule) {
    public LaunchSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same with more variables. */
    public LaunchSpec with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new LaunchSpec(name, command, workingDirectory, all, stopRule);
    }

    /** Leaves out the environment: its values may be secret. */
    @Override
    public String toString() {
        return "LaunchSpec[" + name + ", " + command + ", " + workingDirectory + "]";
    }
}
