package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Holds agents back until those they depend on have been ready once, at their first start only. Nobody is held back for
 * good: who cannot be waited for any longer is started without. Pure; cycles must have been refused before.
 */
public final class StartOrder {
    /** How long a dependency is waited for, from its first launch. */
    public static final Duration LIMIT = AgentMachine.READY_LIMIT;

    private final Map<String, Held> held = new LinkedHashMap<>();
    /** Whose waiting nobody was told of. */
    private final Set<String> added = new LinkedHashSet<>();
    private final Map<String, Instant> launchedAt = new HashMap<>();

    /** What a dependency offers to those that wait for it. */
    public enum Standing {
        /** Ready, or finished with exit code 0. */
        READY,
        /** Nothing yet; it may still come. */
        OPEN,
        /** Its circuit breaker is open. */
        TRIPPED,
        /** It was stopped, and stays down. */
        STOPPED,
        /** There is no such agent any more. */
        GONE,
        /** {@link StartOrder#LIMIT} has passed. */
        LATE
    }

    /** @param without the dependencies that are not ready, each with the reason for not waiting on; mostly none */
    record Release(String agent, Map<String, Standing> without) {
    }

    private record Held(Set<String> open, Instant since) {
    }

    /** Takes in an agent that was never launched; {@link #release} gives it back when it may be. */
    void add(String agent, List<String> dependsOn, Instant now) {
        held.put(agent, new Held(new LinkedHashSet<>(dependsOn), now));
        added.add(agent);
    }

    /** The agent is to stay down, or there is none any more. */
    void forget(String agent) {
        held.remove(agent);
        launchedAt.remove(agent);
    }

    /**
     * Takes out who may be launched now.
     *
     * @param standings of any agent; asked for dependencies only
     */
    List<Release> release(Instant now, Function<String, Standing> standings) {
        if (held.isEmpty()) {
            return List.of();
        }
        Set<String> heldBack = new HashSet<>(held.keySet()); // who is released now has not begun yet
        List<Release> released = new ArrayList<>();
        for (Iterator<Map.Entry<String, Held>> each = held.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Held> next = each.next();
            Map<String, Standing> without = unmet(next.getValue(), now, heldBack, standings);
            if (!without.containsValue(Standing.OPEN)) {
                each.remove();
                launchedAt.put(next.getKey(), now);
                released.add(new Release(next.getKey(), without));
            }
        }
        return released;
    }

    /** Once ready is enough: what becomes of a dependency afterwards holds nobody. */
    private Map<String, Standing> unmet(Held agent, Instant now, Set<String> heldBack,
            Function<String, Standing> standings) {
        Map<String, Standing> unmet = new LinkedHashMap<>();
        for (Iterator<String> each = agent.open().iterator(); each.hasNext(); ) {
            String dependency = each.next();
            Standing standing = heldBack.contains(dependency) ? Standing.OPEN : standings.apply(dependency);
            if (standing == Standing.READY) {
                each.remove();
            } else {
                boolean late = standing == Standing.OPEN && limit(agent, dependency).filter(end -> !now.isBefore(end)).isPresent();
                unmet.put(dependency, late ? Standing.LATE : standing);
            }
        }
        return unmet;
    }

    /** Empty while the dependency is held back itself, or when it is none of these agents. */
    private Optional<Instant> limit(Held agent, String dependency) {
        return Optional.ofNullable(launchedAt.get(dependency))
                .map(launched -> (launched.isAfter(agent.since()) ? launched : agent.since()).plus(LIMIT));
    }

    /** Who is held back since last asked, each with those it waits for. */
    Map<String, Set<String>> newlyHeld() {
        Map<String, Set<String>> waiting = new LinkedHashMap<>();
        for (String agent : added) {
            if (held.containsKey(agent)) {
                waiting.put(agent, Collections.unmodifiableSet(new LinkedHashSet<>(held.get(agent).open())));
            }
        }
        added.clear();
        return waiting;
    }

    /** When {@link #release} is due even if nothing happens. */
    Optional<Instant> deadline() {
        Optional<Instant> first = Optional.empty();
        for (Held agent : held.values()) {
            Optional<Instant> last = lastLimit(agent);
            if (last.isPresent() && (first.isEmpty() || last.get().isBefore(first.get()))) {
                first = last;
            }
        }
        return first;
    }

    /** Passed, it is released; so no limit that lies in the past is ever a deadline. */
    private Optional<Instant> lastLimit(Held agent) {
        Optional<Instant> last = Optional.empty();
        for (String dependency : agent.open()) {
            Optional<Instant> limit = limit(agent, dependency);
            if (held.containsKey(dependency)) {
                return Optional.empty();
            }
            if (last.isEmpty() || limit.isPresent() && limit.get().isAfter(last.get())) {
                last = limit;
            }
        }
        return last;
    }

    /** For so long mesh-dev itself did not run: that time counts for no limit. */
    void skip(Duration lost) {
        held.replaceAll((agent, how) -> new Held(how.open(), how.since().plus(lost)));
        launchedAt.replaceAll((agent, at) -> at.plus(lost));
    }
}
