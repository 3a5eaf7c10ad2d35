package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.imports.Closure.Step;
import meshdev.imports.Closure.Widening;

/**
 * Walks from an agent's entry along imports, the nearest files first. Files may add to the search path, which holds for all
 * imports of the process: so the walk is repeated with the longer path until nobody adds any more. Used once.
 */
final class ClosureWalk {
    /** A path that grows for ever is none; each round costs one walk. */
    private static final int MOST_ROUNDS = 8;

    private final AgentSource source;
    private final FactsBook book;
    private final Set<Path> front = new LinkedHashSet<>();
    private final Set<Path> back = new LinkedHashSet<>();
    private final Map<Path, Step> steps = new LinkedHashMap<>();
    private final Set<Path> unread = new HashSet<>();
    private final List<FileImports> looking = new ArrayList<>();
    private final List<ImportSpace> spaces = new ArrayList<>();
    private Optional<Widening> widened = Optional.empty();

    ClosureWalk(AgentSource source, FactsBook book) {
        this.source = source;
        this.book = book;
    }

    /** What the graph knows of files; a file of which it knows nothing is noted as wanted. */
    interface FactsBook {
        /** Empty for a file that was not read yet, or that could not be read. */
        Optional<SourceFacts> facts(Path file);

        /** Equal paths share what was found. */
        ImportSpace space(SearchPath path);

        boolean isFollowed(Path file);
    }

    Closure walk() {
        int additions = -1;
        for (int round = 0; round < MOST_ROUNDS && additions < front.size() + back.size(); round++) {
            additions = front.size() + back.size();
            walkOnce();
        }
        SearchPath longest = backPath().withFront(List.copyOf(front));
        return new Closure(source, Map.copyOf(steps), longest.folders(),
                List.copyOf(looking), Set.copyOf(unread), widened);
    }

    private void walkOnce() {
        steps.clear();
        unread.clear();
        looking.clear();
        prepareSpaces();
        Deque<Path> open = new ArrayDeque<>(List.of(source.entry()));
        steps.put(source.entry(), new Step(source.entry(), 0));
        while (!open.isEmpty()) {
            Path file = open.remove();
            Optional<SourceFacts> facts = book.facts(file);
            if (facts.isEmpty() || facts.get().broken()) {
                unread.add(file);
            } else {
                note(file, facts.get());
                follow(file, facts.get(), open);
            }
        }
    }

    private void note(Path file, SourceFacts facts) {
        for (SourceFacts.PathEntry entry : facts.paths()) {
            (entry.front() ? front : back).add(source.directory().resolve(entry.path()).normalize());
        }
        if (widened.isEmpty() && !facts.computed().isEmpty()) {
            SourceFacts.Computed first = facts.computed().get(0);
            widened = Optional.of(new Widening(file, first.line(), first.what()));
        }
    }

    /** What is put in front counts from then on only, so an import may mean either. */
    private void prepareSpaces() {
        spaces.clear();
        spaces.add(book.space(backPath()));
        if (!front.isEmpty()) {
            spaces.add(book.space(backPath().withFront(List.copyOf(front))));
        }
    }

    private void follow(Path file, SourceFacts facts, Deque<Path> open) {
        for (ImportSpace space : spaces) {
            FileImports imports = space.imports(file, facts);
            looking.add(imports);
            for (FileImports.Edge edge : imports.edges()) {
                if (!steps.containsKey(edge.target()) && book.isFollowed(edge.target())) {
                    steps.put(edge.target(), new Step(file, edge.line()));
                    open.add(edge.target());
                }
            }
        }
    }

    private SearchPath backPath() {
        return back.isEmpty() ? source.path() : source.path().withBack(List.copyOf(back));
    }
}
