package meshdev.imports;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the imports of files lead to under one search path, found once for all agents that have it. For one thread. */
final class ImportSpace {
    private final Map<Path, FileImports> found = new HashMap<>();
    private final ModuleFinder finder;
    private final Function<Path, List<String>> exports;

    /** @param exports the {@link SourceFacts#exports} of a file, as far as they are known */
    ImportSpace(ModuleFinder finder, Function<Path, List<String>> exports) {
        this.finder = finder;
        this.exports = exports;
    }

    FileImports imports(Path file, SourceFacts facts) {
        FileImports known = found.get(file);
        if (known == null) {
            known = new PythonImports(file, facts, finder, exports).follow();
            found.put(file, known);
        }
        return known;
    }

    /** The file says something else now. */
    void forget(Path file) {
        found.remove(file);
    }
}
