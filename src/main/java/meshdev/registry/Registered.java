package meshdev.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides whether an agent has registered since a launch. A row alone proves nothing: that of a dead agent stays for a while. */
public final class Registered {
    private final Registrant agent;
    private final Map<String, String> seenBefore = new HashMap<>();

    /** @param before the registry's rows when the agent's last process was gone; none when there was none */
    public Registered(Registrant agent, List<RegistryRow> before) {
        this.agent = agent;
        before.forEach(row -> seenBefore.put(row.id(), row.lastSeen()));
    }

    /** Whether one of these rows was written by the agent's new process. */
    public boolean in(List<RegistryRow> now) {
        return now.stream().anyMatch(this::isNews);
    }

    private boolean isNews(RegistryRow row) {
        return row.isHealthy() && agent.isNamedBy(row) && agent.listensAtPortOf(row)
                && !row.lastSeen().equals(seenBefore.get(row.id()));
    }
}
