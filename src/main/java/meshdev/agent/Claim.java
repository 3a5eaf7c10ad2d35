package meshdev.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One way in which a file belongs to an agent. Pure: asks neither disk nor clock. */
@FunctionalInterface
interface Claim {
    /**
     * Whether a change of the file concerns the agent.
     *
     * @param all every agent of the run
     * @return what a user needs to hear beside the file's name, such as {@code imported by orders}; the empty string when
     *         it explains itself; empty when this is no claim
     */
    Optional<String> on(Path file, Agent agent, List<Agent> all);

    /** The entry file. */
    static Optional<String> ownFile(Path file, Agent agent, List<Agent> all) {
        return claimed(agent.file().equals(file), "");
    }

    /** The folder of a folder agent, but for what is another agent's own file. */
    static Optional<String> inFolder(Path file, Agent agent, List<Agent> all) {
        if (agent.folder().isEmpty() || !file.startsWith(agent.folder().get())) {
            return Optional.empty();
        }
        return claimed(!isEntry(file, all), "");
    }

    /** Whether it is some agent's own file. */
    static boolean isEntry(Path file, List<Agent> all) {
        for (Agent agent : all) {
            if (agent.file().equals(file)) {
                return true;
            }
        }
        return false;
    }

    /** {@code note} when the claim holds. */
    static Optional<String> claimed(boolean holds, String note) {
        return holds ? Optional.of(note) : Optional.empty();
    }
}
