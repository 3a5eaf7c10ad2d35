package meshdev.imports;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Relative imports of JavaScript and TypeScript. Where tools differ in what they take, all that exist count: {@code ./x.js}
 * may be {@code ./x.ts}. Used by one thread.
 */
final class ScriptResolver implements Resolver {
    private static final Map<String, List<String>> WRITTEN_AS = Map.of(".js", List.of(".ts", ".tsx"), ".jsx", List.of(".tsx"),
            ".mjs", List.of(".mts"), ".cjs", List.of(".cts"));

    private final Folders folders;
    private final Predicate<Path> followed;

    ScriptResolver(Folders folders, Predicate<Path> followed) {
        this.folders = folders;
        this.followed = followed;
    }

    @Override
    public void forget() {
        // Folders keep all there is to know.
    }

    @Override
    public Resolved resolve(Path file, SourceFacts facts) {
        Lookups lookups = new Lookups(followed);
        for (SourceFacts.Import one : facts.imports()) {
            try {
                follow(one.line(), file.resolveSibling(one.module()).normalize(), lookups);
            } catch (InvalidPathException never) {
                lookups.unknown(one.line(), one.module());
            }
        }
        return lookups.resolved(facts);
    }

    private void follow(int line, Path meant, Lookups lookups) {
        lookups.probed(new Probe(List.of(meant, Probe.stem(meant), meant.resolve("index")), List.of()));
        List<Path> files = files(meant);
        if (files.isEmpty()) {
            files = endings(meant.resolve("index"));
            if (exists(meant.resolve("package.json"))) {
                lookups.unknown(line, "the main file of " + meant.getFileName() + "/package.json");
            }
        }
        files.forEach(target -> lookups.imports(line, target, false));
    }

    private List<Path> files(Path meant) {
        String name = meant.getFileName() == null ? "" : meant.getFileName().toString();
        int dot = name.lastIndexOf('.');
        List<Path> files = new ArrayList<>();
        if (dot > 0 && Sources.SCRIPT.contains(name.substring(dot))) {
            files.add(meant);
            for (String ending : WRITTEN_AS.getOrDefault(name.substring(dot), List.of())) {
                files.add(meant.resolveSibling(name.substring(0, dot).concat(ending)));
            }
        }
        files.removeIf(file -> !exists(file));
        return files.isEmpty() && !name.isEmpty() ? endings(meant) : files;
    }

    private List<Path> endings(Path stem) {
        return Sources.SCRIPT.stream().map(ending -> stem.resolveSibling(stem.getFileName() + ending))
                .filter(this::exists).toList();
    }

    private boolean exists(Path file) {
        Optional<Listing> folder = file.getParent() == null ? Optional.empty() : folders.in(file.getParent());
        return folder.isPresent() && folder.get().has(file.getFileName().toString());
    }
}
