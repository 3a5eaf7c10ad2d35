package meshdev.imports;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known at one moment. Never changes.
 *
 * @param programs by agent
 * @param closures by agent; one that was made for another program does not count
 * @param stale    files that changed and were not read again yet, each with the number of its change
 * @param doubted  agents that such a file may lead elsewhere
 * @param failed   whether the last reading failed
 */
record Knowledge(Map<String, Program> programs, Map<String, Closure> closures, Map<Path, Long> stale, Set<String> doubted,
        boolean failed) {
    static final Knowledge NONE = new Knowledge(Map.of(), Map.of(), Map.of(), Set.of(), false);

    /** Other agents, or agents that run something else. */
    Knowledge of(List<Program> wanted) {
        Map<String, Program> named = new HashMap<>();
        wanted.forEach(program -> named.put(program.agent(), program));
        return new Knowledge(Map.copyOf(named), closures, stale, doubted, failed);
    }

    Knowledge changed(Iterable<Path> files, long number, Folders folders) {
        Map<Path, Long> more = new HashMap<>(stale);
        files.forEach(file -> more.put(file, number));
        return new Knowledge(programs, closures, Map.copyOf(more), doubted(closures, more, folders), failed);
    }

    /** @param before what the closures were made from */
    Knowledge published(Map<String, Closure> made, Knowledge before, Folders folders) {
        Map<Path, Long> left = new HashMap<>(stale);
        before.stale.forEach(left::remove);
        return new Knowledge(programs, made, Map.copyOf(left), doubted(made, left, folders), false);
    }

    Knowledge failure() {
        return new Knowledge(programs, Map.of(), stale, Set.of(), true);
    }

    private static Set<String> doubted(Map<String, Closure> closures, Map<Path, Long> stale, Folders folders) {
        Set<String> doubted = new HashSet<>();
        closures.forEach((agent, closure) -> {
            if (stale.keySet().stream().anyMatch(file -> touches(closure, file, folders))) {
                doubted.add(agent);
            }
        });
        return Set.copyOf(doubted);
    }

    private static boolean touches(Closure closure, Path file, Folders folders) {
        return closure.contains(file) || !folders.knows(file) && closure.wants(file).isPresent();
    }

    /** Empty when the agent's closure is not known. */
    Optional<Closure> closure(String agent) {
        return Optional.ofNullable(closures.get(agent)).filter(one -> one.program().equals(programs.get(agent)));
    }

    /** All files of agents in JavaScript or TypeScript. */
    Set<Path> scripts() {
        Set<Path> scripts = new HashSet<>();
        closures.values().stream().filter(one -> one.program().language() == Program.Language.SCRIPT)
                .forEach(one -> scripts.addAll(one.files()));
        return scripts;
    }
}
