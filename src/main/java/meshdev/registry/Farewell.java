package meshdev.registry;

import java.util.List;
import java.util.Optional;

/**
 * Decides which rows are to be deleted for an agent that was killed and could not do it itself. A row that its successor takes
 * over is left alone: deleting it costs consumers a heartbeat without the agent. To be carried out before the successor
 * registers, never after.
 */
public final class Farewell {
    /** Who comes after the agent that was killed. */
    public enum Successor {
        NONE, SAME_PORT
    }

    private final Registrant agent;
    private final Optional<String> alias;

    /** @param alias the id that the agent was registered by last, if it is none of those that tell whose they are */
    public Farewell(Registrant agent, Optional<String> alias) {
        this.agent = agent;
        this.alias = alias;
    }

    /** The ids to delete; those that are down for the registry already are not among them. */
    public List<String> ids(List<RegistryRow> rows, Successor successor) {
        return rows.stream().filter(RegistryRow::isHealthy).filter(this::isAgents)
                .filter(row -> successor != Successor.SAME_PORT || !row.id().equals(agent.id()))
                .map(RegistryRow::id).toList();
    }

    private boolean isAgents(RegistryRow row) {
        boolean named = agent.isNamedBy(row) || alias.equals(Optional.of(row.id()));
        return named && agent.listensAtPortOf(row) && row.isOfThisMachine();
    }
}
