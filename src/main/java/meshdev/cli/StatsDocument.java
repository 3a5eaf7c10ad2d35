package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code stats --json} prints: the answers of all supervisors of a project as one. */
final class StatsDocument {
    private static final String AGENTS = "agents";
    private static final String SUPERVISOR = "supervisor";

    private StatsDocument() {
    }

    /** In the order of the answers; each agent tells the pid of its supervisor. */
    static Map<String, Object> merged(Path root, List<Map<String, Object>> answers) {
        List<Object> supervisors = new ArrayList<>();
        List<Object> agents = new ArrayList<>();
        for (Map<String, Object> answer : answers) {
            Map<?, ?> supervisor = (Map<?, ?>) answer.get(SUPERVISOR);
            supervisors.add(supervisor);
            for (Map<?, ?> agent : maps(answer.get(AGENTS))) {
                Map<String, Object> one = new LinkedHashMap<>();
                agent.forEach((name, value) -> one.put(name.toString(), value));
                one.put(SUPERVISOR, supervisor.get("pid"));
                agents.add(one);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", 1);
        all.put("project", root.toString());
        all.put("supervisors", supervisors);
        all.put(AGENTS, agents);
        return all;
    }

    static Set<String> names(Map<String, Object> document) {
        Set<String> names = new LinkedHashSet<>();
        maps(document.get(AGENTS)).forEach(agent -> names.add(name(agent)));
        return names;
    }

    /** The same with these agents only. */
    static Map<String, Object> only(Map<String, Object> document, Set<String> names) {
        Map<String, Object> less = new LinkedHashMap<>(document);
        less.put(AGENTS, maps(document.get(AGENTS)).stream().filter(agent -> names.contains(name(agent))).toList());
        return less;
    }

    static String name(Map<?, ?> agent) {
        return agent.get("name").toString();
    }

    static List<Map<?, ?>> maps(Object list) {
        return ((List<?>) list).stream().<Map<?, ?>>map(entry -> (Map<?, ?>) entry).toList();
    }
}
