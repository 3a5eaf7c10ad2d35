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

    /** @param line of the import statement, from 1 */
    record Edge(Path target, int line) {
    }
}
