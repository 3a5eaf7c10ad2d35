package meshdev.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Places of agents that are being restarted. An agent that takes leave loses its row, and consumers learn only at their next heartbeats
 * that it is gone and that it is back; so its heartbeat is said in its name right after, once. Used by one thread.
 */
final class KeptPlaces {
    private final Registrations.Rows registry;
    /** By agent: those that have not taken leave yet. */
    private final Map<String, Place> waiting = new HashMap<>();
    /** Agents whose row is ours at the moment. */
    private final Set<String> taken = new HashSet<>();

    KeptPlaces(Registrations.Rows registry) {
        this.registry = registry;
    }

    /** Nobody's leave is waited for. */
    boolean isIdle() {
        return waiting.isEmpty();
    }

    void keep(Registrant agent) {
        try {
            Optional<Place> place = registry.place(agent.id());
            place.ifPresent(one -> waiting.put(agent.name(), one));
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptPlaces.class).info("the place of {} is not kept: {}", agent.name(), e.toString());
        }
    }

    void look(List<RegistryRow> rows) {
        for (Iterator<Map.Entry<String, Place>> each = waiting.entrySet().iterator(); each.hasNext();) {
            Map.Entry<String, Place> one = each.next();
            if (rows.stream().anyMatch(row -> row.id().equals(one.getValue().id()) && !row.isHealthy())) {
                each.remove();
                take(one.getKey(), one.getValue());
            }
        }
    }

    private void take(String agent, Place place) {
        try {
            registry.take(place);
            taken.add(agent);
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptPlaces.class).info("the place of {} is lost for a while: {}", agent, e.toString());
        }
    }

    /** A new process begins: from now on it speaks for itself. */
    void release(String agent) {
        waiting.remove(agent);
    }

    /** No longer on its behalf; true when its row was ours until now. */
    boolean giveUp(String agent) {
        waiting.remove(agent);
        return taken.remove(agent);
    }
}
