package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/** One walk through everything that a program imports, nearest first; without recursion, so that no chain is too long. */
final class ClosureWalk {
    private final Program program;
    private final Space space;
    private final Function<Path, Optional<SourceFacts>> facts;
    private final Map<Path, Path> importers = new LinkedHashMap<>();
    private final Queue<Path> queue = new ArrayDeque<>();
    private final Set<Path> whole = new HashSet<>();
    private final Set<Path> unread = new LinkedHashSet<>();
    private final Set<SourceFacts.PathEntry> added = new LinkedHashSet<>();
    private Optional<Closure.Doubt> doubt = Optional.empty();

    ClosureWalk(Program program, Space space, Function<Path, Optional<SourceFacts>> facts) {
        this.program = program;
        this.space = space;
        this.facts = facts;
    }

    ClosureWalk walk() {
        for (Path entry : program.entries()) {
            reach(entry, entry);
        }
        while (!queue.isEmpty()) {
            expand(queue.remove());
        }
        return this;
    }

    /** Files that have to be read before the walk can go on; none when it is complete. */
    Set<Path> unread() {
        return unread;
    }

    /** What the files add to the search path. */
    Set<SourceFacts.PathEntry> added() {
        return added;
    }

    Closure closure() {
        return new Closure(program, space, importers, doubt);
    }

    private void expand(Path file) {
        Optional<Resolved> known = space.known(file).or(() -> first(file));
        if (known.isEmpty()) {
            unread.add(file);
            return;
        }
        Resolved resolved = known.get();
        added.addAll(resolved.added());
        if (doubt.isEmpty()) {
            doubt = doubt(file, resolved);
        }
        if (whole.contains(file)) {
            export(file, resolved);
        }
        for (Edge edge : resolved.edges()) {
            reach(edge.target(), file);
            if (edge.star() && whole.add(edge.target())) {
                space.known(edge.target()).ifPresent(target -> export(edge.target(), target));
            }
        }
    }

    private Optional<Resolved> first(Path file) {
        return facts.apply(file).map(said -> space.resolved(file, said));
    }

    private void reach(Path file, Path importer) {
        if (importers.putIfAbsent(file, importer) == null) {
            queue.add(file);
        }
    }

    private void export(Path file, Resolved resolved) {
        resolved.starred().forEach(edge -> reach(edge.target(), file));
    }

    private static Optional<Closure.Doubt> doubt(Path file, Resolved resolved) {
        if (resolved.broken()) {
            return Optional.of(new Closure.Doubt(file, 0, ""));
        }
        return resolved.computed().stream().findFirst().map(one -> new Closure.Doubt(file, one.line(), one.what()));
    }
}
