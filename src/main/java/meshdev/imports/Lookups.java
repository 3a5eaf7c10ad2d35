package meshdev.imports;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.ArrayList;
import java.util.function.Predicate;

/** Collects what the imports of one file lead to. */
final class Lookups {
    private final Predicate<Path> followed;
    private final Map<Path, Edge> edges = new LinkedHashMap<>();
    private final Map<Path, Edge> starred = new LinkedHashMap<>();
    private final Set<Probe> probes = new LinkedHashSet<>();
    private final List<SourceFacts.Computed> computed = new ArrayList<>();

    /** @param followed files for which it does not hold are left out */
    Lookups(Predicate<Path> followed) {
        this.followed = followed;
    }

    void imports(int line, Path target, boolean star) {
        add(edges, new Edge(line, target, star));
    }

    /** Imported by whoever imports all of the file. */
    void exports(Path target) {
        add(starred, new Edge(1, target, false));
    }

    /** The first line stays, and so does a star. */
    private void add(Map<Path, Edge> to, Edge edge) {
        Edge before = to.get(edge.target());
        if (before == null ? followed.test(edge.target()) : edge.star() && !before.star()) {
            to.put(edge.target(), new Edge(before == null ? edge.line() : before.line(), edge.target(), edge.star()));
        }
    }

    void probed(Probe probe) {
        if (!probe.isEmpty()) {
            probes.add(probe);
        }
    }

    void unknown(int line, String what) {
        computed.add(new SourceFacts.Computed(line, what));
    }

    Resolved resolved(SourceFacts facts) {
        computed.addAll(facts.computed());
        return new Resolved(List.copyOf(edges.values()), List.copyOf(starred.values()), List.copyOf(probes), facts.paths(),
                List.copyOf(computed), facts.broken());
    }
}
