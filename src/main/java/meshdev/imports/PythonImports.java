package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import meshdev.imports.FileImports.Edge;
import meshdev.imports.ModuleFinder.Location;

/** Follows the import statements of one Python file. Used once. */
final class PythonImports {
    private static final String ALL = "*";

    private final Path file;
    private final SourceFacts facts;
    private final ModuleFinder finder;
    private final Function<Path, List<String>> exports;
    private final Map<Path, Integer> edges = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Path> stems = new HashSet<>();
    private final Set<Path> below = new HashSet<>();

    /** @param exports the {@link SourceFacts#exports} of a file, as far as they are known */
    PythonImports(Path file, SourceFacts facts, ModuleFinder finder, Function<Path, List<String>> exports) {
        this.file = file;
        this.facts = facts;
        this.finder = finder;
        this.exports = exports;
    }

    FileImports follow() {
        facts.imports().forEach(this::follow);
        for (SourceFacts.Prefix prefix : facts.prefixes()) {
            everyModule(locate(prefix.level(), prefix.module()), prefix.line());
        }
        edges.remove(file);
        List<Edge> all = new ArrayList<>();
        edges.forEach((target, line) -> all.add(new Edge(target, line)));
        return new FileImports(List.copyOf(all), Set.copyOf(names), Set.copyOf(stems), Set.copyOf(below));
    }

    private void follow(SourceFacts.Import statement) {
        Location module = locate(statement.level(), statement.module());
        add(module.files(), statement.line());
        for (String name : statement.names()) {
            if (!name.equals(ALL)) {
                add(locate(statement.level(), joined(statement.module(), name)).files(), statement.line());
            } else if (!module.inside().isEmpty()) {
                star(statement, module);
            }
        }
    }

    /** {@code from package import *}: the submodules that the package's {@code __all__} names. */
    private void star(SourceFacts.Import statement, Location module) {
        for (Path init : module.files()) {
            if (module.inside().contains(init.getParent())) {
                for (String name : exports.apply(init)) {
                    if (name.equals(ALL)) {
                        everyModule(module, statement.line());
                    } else {
                        add(locate(statement.level(), joined(statement.module(), name)).files(), statement.line());
                    }
                }
            }
        }
    }

    private void everyModule(Location module, int line) {
        add(module.files(), line);
        add(finder.modulesBelow(module.inside()), line);
        below.addAll(module.inside());
    }

    private Location locate(int level, String module) {
        if (level == 0) {
            remember(module);
            return finder.find(module);
        }
        Path folder = file.getParent();
        for (int i = 1; i < level && folder.getParent() != null; i++) {
            folder = folder.getParent();
        }
        Path stem = folder;
        for (String part : module.isEmpty() ? new String[0] : module.split("\\.")) {
            stem = stem.resolve(part);
            stems.add(stem);
        }
        return finder.findBelow(folder, module);
    }

    private void remember(String name) {
        for (int dot = name.length(); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (!names.add(name.substring(0, dot))) {
                return;
            }
        }
    }

    private void add(List<Path> targets, int line) {
        for (Path target : targets) {
            edges.putIfAbsent(target, line);
        }
    }

    private static String joined(String module, String name) {
        return module.isEmpty() ? name : module + "." + name;
    }
}
