package meshdev.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Sourced;

/**
 * Who is to be ready before whom: {@code depends_on} of {@code .meshwatch}, checked, as far as it concerns one start.
 *
 * @param names    by agent, whom it waits for; agents that wait for nobody need no entry
 * @param warnings complete sentences with their place, for a user
 */
public record Dependencies(Map<String, List<String>> names, List<String> warnings) {
    private static final Dependencies NONE = new Dependencies(Map.of(), List.of());

    public Dependencies {
        names = Map.copyOf(names);
        warnings = List.copyOf(warnings);
    }

    /** Whom this agent waits for, in the order of the file. */
    public List<String> of(String agent) {
        return names.getOrDefault(agent, List.of());
    }

    /**
     * Checks all entries for cycles, and those of agents that are started for names that nobody has.
     *
     * @param agents    who is started
     * @param elsewhere the names of the project's other agents; asked at most once, and only for a name unknown so far
     * @throws ConfigException with the place, for a cycle or an unknown name
     */
    public static Dependencies check(Map<String, AgentSettings> entries, List<Agent> agents, Supplier<Set<String>> elsewhere) {
        if (!areGiven(entries)) {
            return NONE;
        }
        DependencyCycle.refuse(entries);
        Checking checking = new Checking(entries, agents.stream().map(Agent::name).toList(), elsewhere);
        for (Agent agent : agents) {
            if (entries.containsKey(agent.name())) {
                checking.add(agent.name(), entries.get(agent.name()).dependsOn());
            }
        }
        return new Dependencies(checking.names, checking.warnings);
    }

    /** Most projects have none, and a start is to cost them nothing. */
    private static boolean areGiven(Map<String, AgentSettings> entries) {
        for (AgentSettings entry : entries.values()) {
            if (!entry.dependsOn().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** One run of the check. */
    private static final class Checking {
        private final Map<String, AgentSettings> entries;
        private final List<String> started;
        private final Supplier<Set<String>> elsewhere;
        private final Map<String, List<String>> names = new LinkedHashMap<>();
        private final List<String> warnings = new ArrayList<>();
        private Set<String> others = Set.of();
        private boolean asked;

        Checking(Map<String, AgentSettings> entries, List<String> started, Supplier<Set<String>> elsewhere) {
            this.entries = entries;
            this.started = started;
            this.elsewhere = elsewhere;
        }

        void add(String agent, List<Sourced<String>> dependencies) {
            List<String> awaited = new ArrayList<>();
            for (Sourced<String> one : dependencies) {
                if (started.contains(one.value())) {
                    awaited.add(one.value());
                } else if (entries.containsKey(one.value()) || others().contains(one.value())) {
                    warnings.add(one.origin() + ": " + agent + " depends on " + one.value()
                            + ", which is not part of this start; it is not waited for");
                } else {
                    throw unknown(agent, one);
                }
            }
            names.put(agent, List.copyOf(awaited));
        }

        private Set<String> others() {
            if (!asked) {
                others = elsewhere.get();
                asked = true;
            }
            return others;
        }

        private ConfigException unknown(String agent, Sourced<String> name) {
            List<String> known = new ArrayList<>(started);
            known.remove(agent);
            entries.keySet().stream().filter(one -> !one.equals(agent) && !known.contains(one)).forEach(known::add);
            others.stream().filter(one -> !known.contains(one)).sorted().forEach(known::add);
            return new ConfigException(name.origin() + ": depends_on of " + agent + ": no agent is named "
                    + Shown.escaped(name.value()) + "; " + Nearest.to(name.value(), known));
        }
    }
}
