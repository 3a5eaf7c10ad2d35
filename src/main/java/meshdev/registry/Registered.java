package meshdev.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether an agent has registered since a launch. A row alone proves nothing: that of a dead agent stays for a while. A row
 * under another name is its too when it was written since and says that it listens where this agent does: a program may call itself
 * in the mesh as it likes.
 */
public final class Registered {
    private final Registrant agent;
    private final Map<String, String> seenBefore = new HashMap<>();

    /** @param before the registry's rows when the agent's last process was gone; none when there was none */
    public Registered(Registrant agent, List<RegistryRow> before) {
        this.agent = agent;
        before.forEach(row -> seenBefore.put(row.id(), row.lastSeen()));
    }

    /** The row that was written by the agent's new process; the one under its own name, if there are several. */
    public Optional<RegistryRow> in(List<RegistryRow> now) {
        List<RegistryRow> news = now.stream().filter(this::isNews).toList();
        return news.stream().filter(agent::isNamedBy).findFirst()
                .or(() -> news.stream().filter(RegistryRow::isOfThisMachine).findFirst());
    }

    private boolean isNews(RegistryRow row) {
        return row.isHealthy() && agent.listensAtPortOf(row) && !row.lastSeen().equals(seenBefore.get(row.id()));
    }
}
