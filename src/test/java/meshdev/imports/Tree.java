package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A project in memory, with the graph of its agents. */
final class Tree {
    static final Path ROOT = Path.of("/p");
    final Map<Path, String> files = new TreeMap<>();
    final List<Path> read = new ArrayList<>();
    final Map<String, Program> programs = new TreeMap<>();
    final Set<Path> changed = new HashSet<>();
    final Folders folders = new Folders(this::names);
    final ImportGraph graph = new ImportGraph(folders, file -> file.startsWith(ROOT), new FactsCache(this::stamp),
            language -> this::facts);
    private Map<String, Closure> closures = Map.of();

    Tree file(String name, String... lines) {
        files.put(ROOT.resolve(name), String.join("\n", lines));
        changed.add(ROOT.resolve(name));
        return this;
    }

    Tree delete(String name) {
        files.remove(ROOT.resolve(name));
        changed.add(ROOT.resolve(name));
        return this;
    }

    /** An agent {@code agents/NAME.py}; further folders come after its own. */
    Tree agent(String name, String... path) {
        List<Path> searchPath = new ArrayList<>(List.of(ROOT.resolve("agents")));
        for (String folder : path) {
            searchPath.add(ROOT.resolve(folder));
        }
        return program(new Program(name, Program.Language.PYTHON, List.of(ROOT.resolve("agents/" + name + ".py")),
                searchPath, Map.of()));
    }

    Tree program(Program program) {
        programs.put(program.agent(), program);
        return this;
    }

    Closure closure(String agent) {
        return update().get(agent);
    }

    Map<String, Closure> update() {
        try {
            closures = graph.update(programs.values(), Set.copyOf(changed));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        changed.clear();
        return closures;
    }

    /** The files of the agent {@code a} but for its own, in order. */
    String files() {
        return shown(closure("a").files());
    }

    static String shown(Iterable<Path> files) {
        Set<String> names = new TreeSet<>();
        files.forEach(file -> names.add(ROOT.relativize(file).toString()));
        names.remove("agents/a.py");
        return String.join(" ", names);
    }

    Map<Path, SourceFacts> facts(List<Path> wanted) {
        Map<Path, SourceFacts> facts = new HashMap<>();
        wanted.forEach(file -> facts.put(file, Source.facts(files.get(file))));
        read.addAll(wanted);
        return facts;
    }

    Optional<Set<String>> names(Path folder) {
        Set<String> names = new HashSet<>();
        for (Path file : files.keySet()) {
            if (file.startsWith(folder) && file.getNameCount() > folder.getNameCount()) {
                names.add(file.getName(folder.getNameCount()).toString());
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private Optional<Stamp> stamp(Path file) {
        return Optional.ofNullable(files.get(file)).map(text -> new Stamp(file, text.length(), text.hashCode()));
    }
}
