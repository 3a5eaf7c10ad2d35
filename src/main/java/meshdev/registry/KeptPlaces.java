package meshdev.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
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
    /** An agent that has not taken leave by then does not. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Registrations.Rows registry;
    private final InstantSource clock;
    /** By agent: those that have not taken leave yet. */
    private final Map<String, Leave> waiting = new HashMap<>();
    /** By agent: rows that are ours until the agent speaks for itself. */
    private final Map<String, Place> taken = new HashMap<>();

    private record Leave(Place place, Instant until) {
    }

    KeptPlaces(Registrations.Rows registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Nobody's leave is waited for. */
    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Its row is ours until it speaks for itself. */
    boolean isOurs(String agent) {
        return taken.containsKey(agent);
    }

    void keep(Registrant agent) {
        Instant until = clock.instant().plus(LIMIT);
        placeOf(agent.id()).ifPresent(place -> waiting.put(agent.name(), new Leave(place, until)));
    }

    private Optional<Place> placeOf(String id) {
        try {
            return registry.place(id);
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptPlaces.class).info("the place of {} is not known: {}", id, e.toString());
            return Optional.empty();
        }
    }

    /**
     * Says the heartbeats of those that have taken leave by now.
     *
     * @param coming agents that may speak for themselves already
     * @return whether any was said, so that the rows are other ones
     */
    boolean look(List<RegistryRow> rows, Set<String> coming) {
        boolean said = false;
        Instant now = clock.instant();
        for (Iterator<Map.Entry<String, Leave>> each = waiting.entrySet().iterator(); each.hasNext();) {
            Map.Entry<String, Leave> one = each.next();
            Place place = one.getValue().place();
            if (rows.stream().anyMatch(row -> row.id().equals(place.id()) && !row.isHealthy())) {
                each.remove();
                said |= !coming.contains(one.getKey()) && take(one.getKey(), place);
            } else if (now.isAfter(one.getValue().until())) {
                each.remove();
            }
        }
        return said;
    }

    private boolean take(String agent, Place place) {
        try {
            registry.take(place);
            taken.put(agent, place);
            return true;
        } catch (IOException e) {
            LoggerFactory.getLogger(KeptPlaces.class).info("the place of {} is lost for a while: {}", agent, e.toString());
            return false;
        }
    }

    /** A new process begins: from now on it speaks for itself. */
    void release(String agent) {
        waiting.remove(agent);
    }

    /** No longer on its behalf; true when its row was ours until now. */
    boolean giveUp(String agent) {
        waiting.remove(agent);
        return taken.remove(agent) != null;
    }

    /**
     * The agent speaks for itself again. Registries tell consumers of rows that come and go, not of what is new about one that was
     * there all the time.
     *
     * @return the id of a row that is to go, so that the agent registers anew and its consumers hear of it: it serves something else
     *         than before
     */
    Optional<String> settle(String agent) {
        Optional<Place> before = Optional.ofNullable(taken.remove(agent));
        return before.filter(place -> !placeOf(place.id()).equals(before)).map(Place::id);
    }
}
