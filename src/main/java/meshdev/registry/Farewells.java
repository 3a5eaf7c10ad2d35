package meshdev.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a registry that fails or restarts could not be told yet of agents that are gone. Has no clock. Used by one thread. */
final class Farewells {
    /** A registry notices by itself soon after. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Map<String, Pending> pending = new HashMap<>();

    private record Pending(Farewell farewell, Farewell.Successor successor, Instant until) {
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    void add(String agent, Farewell farewell, Farewell.Successor successor, Instant now) {
        pending.put(agent, new Pending(farewell, successor, now.plus(LIMIT)));
    }

    /** A new process of the agent begins: the row will be its own. */
    void cancel(String agent) {
        pending.remove(agent);
    }

    /**
     * The registry answers.
     *
     * @param remover takes out the row with this id; false when it has to be tried again
     */
    void say(List<RegistryRow> rows, Predicate<String> remover) {
        pending.values().removeIf(one -> isSaid(one, rows, remover));
    }

    private static boolean isSaid(Pending one, List<RegistryRow> rows, Predicate<String> remover) {
        boolean said = true;
        for (String id : one.farewell().ids(rows, one.successor())) {
            said &= remover.test(id);
        }
        return said;
    }

    /** Gives up what is too late. */
    void expire(Instant now) {
        pending.values().removeIf(one -> now.isAfter(one.until()));
    }
}
