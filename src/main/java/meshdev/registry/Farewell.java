package meshdev.registry;

import java.util.List;
import java.util.Set;

/**
 * Decides which rows are to be deleted for an agent that was killed and could not do it itself. A row that its successor takes
 * over is left alone: deleting it costs consumers a heartbeat without the agent. To be carried out before the successor
 * registers, never after.
 */
public final class Farewell {
    /** Who comes after the agent that was killed. */
    public enum Successor {
        NONE, SAME_PORT, OTHER_PORT
    }

    private final Registrant agent;
    private final Set<String> hosts;

    /** @param hosts what the agent's endpoint may be named by; a registry shared with others has rows of their machines */
    public Farewell(Registrant agent, Set<String> hosts) {
        this.agent = agent;
        this.hosts = Set.copyOf(hosts);
    }

    /** The ids to delete; those that are down for the registry already are not among them. */
    public List<String> ids(List<RegistryRow> rows, Successor successor) {
        return rows.stream().filter(RegistryRow::isHealthy).filter(this::isAgents)
                .filter(row -> successor != Successor.SAME_PORT || !row.id().equals(agent.id()))
                .map(RegistryRow::id).toList();
    }

    private boolean isAgents(RegistryRow row) {
        return agent.isNamedBy(row) && agent.listensAtPortOf(row) && hosts.contains(row.host());
    }
}
