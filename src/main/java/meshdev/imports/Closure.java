package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files one agent is made of, as far as reading tells. Immutable.
 *
 * @param source  the agent
 * @param steps   each file with the file that imports it, on the shortest way; the entry imports itself
 * @param folders where absolute names are looked for: the search path with all that files add to it
 * @param looking what the imports of each file look for
 * @param unread  files of which nothing is known, because they could not be read or parsed
 * @param widened the first import that may be of anything
 */
record Closure(AgentSource source, Map<Path, Step> steps, List<Path> folders, List<FileImports> looking, Set<Path> unread,
        Optional<Widening> widened) {

    /** @param line of the import statement in {@code importer} */
    record Step(Path importer, int line) {
    }

    /** @param what the call, shortened for a message */
    record Widening(Path file, int line, String what) {
    }

    boolean contains(Path file) {
        return steps.containsKey(file);
    }

    /** Whether some import would find the file if it were created. */
    boolean looksFor(Path file) {
        Path stem = stem(file);
        List<String> names = new ArrayList<>();
        for (Path folder : folders) {
            if (stem.startsWith(folder) && !stem.equals(folder)) {
                names.add(folder.relativize(stem).toString().replace('/', '.'));
            }
        }
        return looking.stream().anyMatch(imports -> imports.lookFor(file, stem, names));
    }

    private static Path stem(Path file) {
        String name = file.getFileName().toString();
        if (name.equals(ModuleFinder.INIT)) {
            return file.getParent();
        }
        int dot = name.lastIndexOf('.');
        return dot > 0 ? file.resolveSibling(name.substring(0, dot)) : file;
    }

    /** The files from the entry to this one, both included; empty when it is none of the agent's. */
    List<Path> chain(Path file) {
        if (!contains(file)) {
            return List.of();
        }
        LinkedList<Path> chain = new LinkedList<>(List.of(file));
        while (!chain.getFirst().equals(source.entry())) {
            chain.addFirst(steps.get(chain.getFirst()).importer());
        }
        return new ArrayList<>(chain);
    }
}
