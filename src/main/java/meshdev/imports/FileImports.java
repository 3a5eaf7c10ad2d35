package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the imports of one file lead to.
 *
 * @param edges  files that it makes run, each once, with the line that does
 * @param names  absolute names that it looks for, with the packages on their way, found or not
 * @param stems  places, without a suffix, where a relative import looks for a module
 * @param below  folders of which any module may be meant
 */
record FileImports(List<Edge> edges, Set<String> names, Set<Path> stems, Set<Path> below) {

    /** Whether it would find this file, whose place without a suffix is the stem, and which may have one of these names. */
    boolean lookFor(Path file, Path stem, List<String> absolute) {
        return stems.contains(stem) || absolute.stream().anyMatch(names::contains) || below.stream().anyMatch(file::startsWith);
    }

    /** @param line of the import statement, from 1 */
    record Edge(Path target, int line) {
    }
}
