package meshdev.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds capabilities that require each other, of which none could ever be available. */
final class RequiredCycle {
    private final Map<String, Set<String>> required = new TreeMap<>();
    private final Set<String> cleared = new TreeSet<>();
    private final List<String> way = new ArrayList<>();

    private RequiredCycle() {
    }

    /**
     * The capabilities of a cycle that these tools would close, the first one again at the end.
     *
     * @param others the tools of all other agents; looked at only when these require anything
     */
    static Optional<List<String>> closedBy(List<Tool> tools, Stream<Tool> others) {
        RequiredCycle search = new RequiredCycle();
        tools.forEach(search::add);
        if (search.required.isEmpty()) {
            return Optional.empty();
        }
        others.forEach(search::add);
        return search.required.keySet().stream().map(search::from).flatMap(Optional::stream).findFirst();
    }

    private void add(Tool tool) {
        for (Dependency dependency : tool.dependencies()) {
            if (dependency.required() && !dependency.capability().isEmpty() && !tool.capability().isEmpty()) {
                required.computeIfAbsent(tool.capability(), any -> new TreeSet<>()).add(dependency.capability());
            }
        }
    }

    private Optional<List<String>> from(String capability) {
        if (cleared.contains(capability)) {
            return Optional.empty();
        }
        int before = way.indexOf(capability);
        way.add(capability);
        if (before >= 0) {
            return Optional.of(List.copyOf(way.subList(before, way.size())));
        }
        for (String next : required.getOrDefault(capability, Set.of())) {
            Optional<List<String>> cycle = from(next);
            if (cycle.isPresent()) {
                return cycle;
            }
        }
        way.remove(way.size() - 1);
        cleared.add(capability);
        return Optional.empty();
    }
}
