package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The closures of all programs, kept true by work in proportion to what changed. Used by one thread. */
final class ImportGraph {
    /** What nobody imports any more is let go that seldom, because looking for it takes longer than most edits. */
    private static final int UPDATES_BETWEEN_LETTING_GO = 64;

    private final Folders folders;
    private final Predicate<Path> followed;
    private final FactsCache facts;
    private final Function<Program.Language, SourceReader> readers;
    private final Map<SearchPath, Space> spaces = new HashMap<>();
    private final Map<String, Closure> closures = new LinkedHashMap<>();
    private int updates;

    ImportGraph(Folders folders, Predicate<Path> followed, FactsCache facts,
            Function<Program.Language, SourceReader> readers) {
        this.folders = folders;
        this.followed = followed;
        this.facts = facts;
        this.readers = readers;
    }

    /**
     * @param changed files that were created, deleted or modified since the last time
     * @return the closure of each program, by the agent's name
     * @throws IOException when files cannot be read; then everything is looked at again the next time
     */
    Map<String, Closure> update(Collection<Program> programs, Collection<Path> changed) throws IOException {
        try {
            takeIn(changed);
            boolean others = closures.values().removeIf(closure -> !programs.contains(closure.program()));
            walkAll(programs);
            if (others || ++updates % UPDATES_BETWEEN_LETTING_GO == 0) {
                letGo();
            }
            return Map.copyOf(closures);
        } catch (IOException | RuntimeException e) {
            closures.clear();
            spaces.clear();
            facts.doubt();
            throw e;
        }
    }

    /** Reads what changed, and drops the closures that are others now. */
    private void takeIn(Collection<Path> changed) throws IOException {
        changed.forEach(facts::changed);
        Set<Path> moved = folders.lookAgain(changed);
        for (Map.Entry<SearchPath, Space> entry : spaces.entrySet()) {
            Space space = entry.getValue();
            Set<Path> again = new LinkedHashSet<>();
            changed.stream().filter(file -> space.known(file).isPresent()).forEach(again::add);
            facts.read(again, readers.apply(entry.getKey().language()));
            if (!moved.isEmpty()) {
                again.addAll(space.hitBy(moved));
            }
            Set<Path> altered = space.again(again, facts::of);
            if (!altered.isEmpty()) {
                closures.values().removeIf(one -> one.space() == space && altered.stream().anyMatch(one::contains));
            }
        }
    }

    private void walkAll(Collection<Program> programs) throws IOException {
        Map<Program, SearchPath> open = new LinkedHashMap<>();
        programs.stream().filter(program -> !closures.containsKey(program.agent()))
                .forEach(program -> open.put(program, SearchPath.of(program)));
        while (!open.isEmpty()) {
            Map<SearchPath, Set<Path>> unread = new LinkedHashMap<>();
            open.entrySet().removeIf(one -> isClosed(one, unread));
            discover(unread);
        }
    }

    private boolean isClosed(Map.Entry<Program, SearchPath> one, Map<SearchPath, Set<Path>> unread) {
        SearchPath path = one.getValue();
        ClosureWalk walk = new ClosureWalk(one.getKey(), space(path), facts::of).walk();
        SearchPath grown = path.with(walk.added());
        one.setValue(grown);
        if (!grown.equals(path)) {
            return false;
        }
        if (!walk.unread().isEmpty()) {
            unread.computeIfAbsent(path, key -> new LinkedHashSet<>()).addAll(walk.unread());
            return false;
        }
        closures.put(one.getKey().agent(), walk.closure());
        return true;
    }

    private Space space(SearchPath path) {
        return spaces.computeIfAbsent(path, key -> new Space(key.language() == Program.Language.SCRIPT
                ? new ScriptResolver(folders, followed) : new PythonResolver(key, folders, followed)));
    }

    /** Reads these files, and what they lead to, for all programs at once. */
    private void discover(Map<SearchPath, Set<Path>> unread) throws IOException {
        for (Map.Entry<SearchPath, Set<Path>> entry : unread.entrySet()) {
            Space space = space(entry.getKey());
            for (Set<Path> wave = entry.getValue(); !wave.isEmpty();) {
                facts.read(wave, readers.apply(entry.getKey().language()));
                Set<Path> next = new LinkedHashSet<>();
                for (Path file : wave) {
                    facts.of(file).map(said -> space.resolved(file, said)).ifPresent(resolved -> resolved.edges().stream()
                            .map(Edge::target).filter(target -> facts.of(target).isEmpty()).forEach(next::add));
                }
                wave = next;
            }
        }
    }

    private void letGo() {
        Map<Space, Set<Path>> used = new HashMap<>();
        Set<Path> all = new HashSet<>();
        for (Closure closure : closures.values()) {
            used.computeIfAbsent(closure.space(), key -> new HashSet<>()).addAll(closure.files());
            all.addAll(closure.files());
        }
        spaces.values().removeIf(space -> !used.containsKey(space));
        used.forEach(Space::retain);
        facts.retain(all);
    }
}
