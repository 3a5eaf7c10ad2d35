package meshdev.imports;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one file imports, as files.
 *
 * @param edges    one per file
 * @param starred  what who imports all of this file's exports imports with it
 * @param probes   where was looked
 * @param added    what it adds to the search path
 * @param computed imports of names that cannot be known
 * @param broken   whether nothing at all is known of it
 */
record Resolved(
        List<Edge> edges,
        List<Edge> starred,
        List<Probe> probes,
        List<SourceFacts.PathEntry> added,
        List<SourceFacts.Computed> computed,
        boolean broken) {

    /** Whether this means the same as the other for every closure: all but the lines of imports. */
    boolean reachesLike(Resolved other) {
        return broken == other.broken && targets(edges).equals(targets(other.edges))
                && targets(starred).equals(targets(other.starred)) && paths(added).equals(paths(other.added))
                && computed.equals(other.computed) && Set.copyOf(probes).equals(Set.copyOf(other.probes));
    }

    private static Set<Edge> targets(List<Edge> edges) {
        Set<Edge> targets = new HashSet<>();
        edges.forEach(edge -> targets.add(new Edge(0, edge.target(), edge.star())));
        return targets;
    }

    private static List<SourceFacts.PathEntry> paths(List<SourceFacts.PathEntry> added) {
        return added.stream().map(entry -> new SourceFacts.PathEntry(0, entry.path(), entry.front())).toList();
    }

    /** The line that imports the file; empty when none does. */
    Optional<Integer> lineOf(Path target) {
        for (Edge edge : edges) {
            if (edge.target().equals(target)) {
                return Optional.of(edge.line());
            }
        }
        return starred.stream().filter(edge -> edge.target().equals(target)).map(Edge::line).findFirst();
    }
}
