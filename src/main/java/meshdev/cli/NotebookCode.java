package meshdev.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.agent.Agent;
import meshdev.agent.NotebookCells;

/** Which code each notebook agent was launched with: outputs and text around it change without a reload. Thread-safe. */
final class NotebookCode {
    private final Map<String, String> launched = new ConcurrentHashMap<>();

    /** To be told right before the launch: what is saved from then on counts as a change. */
    void launching(Agent agent) {
        if (agent.kind() == Agent.Kind.NOTEBOOK) {
            read(agent.file()).ifPresentOrElse(code -> launched.put(agent.name(), code), () -> launched.remove(agent.name()));
        }
    }

    /** Whether the agent's notebook is all that changed, and not its code. */
    boolean isUnchanged(Agent agent, Set<Path> changed) {
        String code = launched.get(agent.name());
        return code != null && changed.equals(Set.of(agent.file())) && read(agent.file()).filter(code::equals).isPresent();
    }

    private static Optional<String> read(Path notebook) {
        try {
            return Optional.of(NotebookCells.read(notebook));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
