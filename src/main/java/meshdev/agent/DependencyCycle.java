package meshdev.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Sourced;

/** Refuses agents that would wait for each other. */
final class DependencyCycle {
    private final Map<String, AgentSettings> entries;
    private final Set<String> free = new HashSet<>();
    /** The agents from where the search began to where it is, and what each has still to be followed to. */
    private final List<String> path = new ArrayList<>();
    private final List<Iterator<Sourced<String>>> open = new ArrayList<>();

    private DependencyCycle(Map<String, AgentSettings> entries) {
        this.entries = entries;
    }

    /** @throws ConfigException that shows the first cycle in the order of the file */
    static void refuse(Map<String, AgentSettings> entries) {
        DependencyCycle search = new DependencyCycle(entries);
        entries.keySet().forEach(search::from);
    }

    private void from(String agent) {
        enter(agent);
        while (!path.isEmpty()) {
            int last = path.size() - 1;
            if (open.get(last).hasNext()) {
                enter(open.get(last).next().value());
            } else {
                open.remove(last);
                free.add(path.remove(last));
            }
        }
    }

    private void enter(String agent) {
        int begin = path.indexOf(agent);
        if (begin >= 0) {
            throw cycle(path.subList(begin, path.size()));
        }
        if (entries.containsKey(agent) && !free.contains(agent)) {
            path.add(agent);
            open.add(entries.get(agent).dependsOn().iterator());
        }
    }

    private ConfigException cycle(List<String> agents) {
        String next = agents.get(1 % agents.size());
        Sourced<String> said = entries.get(agents.get(0)).dependsOn().stream()
                .filter(one -> one.value().equals(next)).findFirst().orElseThrow();
        return new ConfigException(said.origin() + ": depends_on: " + String.join(" -> ", agents) + " -> " + agents.get(0)
                + " is a cycle, so none of them could start first; remove one");
    }
}
