package meshdev.agent;

import java.util.List;

/**
 * What a batch of changes means for the agents.
 *
 * @param affected to be reloaded, in the order of the agents
 * @param missing  whose entry file was deleted: they are not reloaded, because nothing could be started, and keep running
 */
public record ReloadPlan(List<Affected> affected, List<Agent> missing) {
    public ReloadPlan {
        affected = List.copyOf(affected);
        missing = List.copyOf(missing);
    }

    /** Whether the changes concern nobody. */
    public boolean isEmpty() {
        return affected.isEmpty() && missing.isEmpty();
    }
}
