package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that is known of files and agents, kept up to date: only what changed is looked at again. Says which files it wants
 * read, and never reads any itself. For one thread.
 */
final class ImportGraph implements ClosureWalk.FactsBook {
    /** Beyond that, what nobody uses any more is forgotten. */
    private static final int MOST_SPACES = 500;

    private final Predicate<Path> followed;
    private final KnownFolders folders = new KnownFolders();
    private final Map<Path, SourceFacts> facts = new HashMap<>();
    private final Map<SearchPath, ImportSpace> spaces = new HashMap<>();
    private final Map<String, AgentSource> sources = new LinkedHashMap<>();
    private final Map<String, Closure> closures = new LinkedHashMap<>();
    /** Agents whose closure has to be made anew. */
    private final Set<String> outdated = new HashSet<>();

    /** @param followed whether a file's own imports count: true for those of the project */
    ImportGraph(Predicate<Path> followed) {
        this.followed = followed;
    }

    /** Replaces the agents; what is known of files stays. */
    void agents(Collection<AgentSource> agents) {
        Map<String, AgentSource> before = Map.copyOf(sources);
        sources.clear();
        for (AgentSource agent : agents) {
            sources.put(agent.name(), agent);
            if (!agent.equals(before.get(agent.name()))) {
                outdated.add(agent.name());
            }
        }
        closures.keySet().retainAll(sources.keySet());
        outdated.retainAll(sources.keySet());
    }

    /** The file exists or does not exist any more: imports may find other files than before. */
    void createdOrDeleted(Path file) {
        folders.forget(file);
        spaces.clear();
        for (Closure closure : closures.values()) {
            if (closure.contains(file) || closure.looksFor(file)) {
                outdated.add(closure.source().name());
            }
        }
    }

    /** What the file says now. A file that cannot be read keeps what it last said. */
    void learn(Path file, SourceFacts now) {
        SourceFacts before = facts.get(file);
        if (now.broken() && before != null && !before.broken()) {
            return;
        }
        facts.put(file, now);
        if (before == null || !before.importsAs(now)) {
            spaces.values().forEach(space -> space.forget(file));
            if (before == null || !before.exports().equals(now.exports())) {
                spaces.clear();
            }
            outdateOwners(file);
        }
    }

    private void outdateOwners(Path file) {
        for (Closure closure : closures.values()) {
            if (closure.contains(file)) {
                outdated.add(closure.source().name());
            }
        }
    }

    /** Makes outdated closures anew and returns the files that they want read; with none, all is known. */
    Set<Path> refresh() {
        if (spaces.size() > MOST_SPACES) {
            spaces.clear();
        }
        Set<Path> wanted = new HashSet<>();
        for (String name : List.copyOf(outdated)) {
            Closure closure = new ClosureWalk(sources.get(name), this).walk();
            closures.put(name, closure);
            List<Path> unknown = unknown(closure);
            wanted.addAll(unknown);
            if (unknown.isEmpty()) {
                outdated.remove(name);
            }
        }
        return wanted;
    }

    private List<Path> unknown(Closure closure) {
        List<Path> unknown = new ArrayList<>();
        for (Path file : closure.unread()) {
            if (!facts.containsKey(file)) {
                unknown.add(file);
            }
        }
        return unknown;
    }

    /** By agent; agents whose closure is not complete are not among them. */
    Map<String, Closure> closures() {
        Map<String, Closure> complete = new LinkedHashMap<>(closures);
        complete.keySet().removeAll(outdated);
        return Map.copyOf(complete);
    }

    boolean knows(Path file) {
        return facts.containsKey(file);
    }

    @Override
    public Optional<SourceFacts> facts(Path file) {
        return Optional.ofNullable(facts.get(file));
    }

    @Override
    public ImportSpace space(SearchPath path) {
        return spaces.computeIfAbsent(path, key -> new ImportSpace(new ModuleFinder(key, folders),
                file -> facts(file).map(SourceFacts::exports).orElse(List.of())));
    }

    @Override
    public boolean isFollowed(Path file) {
        return followed.test(file);
    }
}
