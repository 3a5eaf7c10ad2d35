package meshdev.agent;

import java.util.List;
import java.util.Optional;

/**
 * What was found under the start paths.
 *
 * @param agents      in the order of the start paths, by file name within a folder, then those that only
 *                    {@code .meshwatch} names, in its order; names are unique
 * @param skipped     what was looked at and is not an agent
 * @param warnings    complete sentences with their place, for a user
 * @param leftOut     likewise, for what would be an agent if it did not disturb those that run
 * @param interpreter present when a Python agent is started by it
 */
public record Discovery(
        List<Agent> agents, List<Skipped> skipped, List<String> warnings, List<String> leftOut, Optional<Interpreter> interpreter) {
    public Discovery {
        agents = List.copyOf(agents);
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
        leftOut = List.copyOf(leftOut);
    }
}
