package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one agent runs, as far as imports go.
 *
 * @param agent      the agent's name
 * @param language   decides how imports are read and found
 * @param entries    absolute; what is run, the entry file first
 * @param searchPath absolute folders, in the order in which the interpreter looks; for Python only
 * @param mapped     packages that live elsewhere, by name: editable installations; absolute; for Python only
 */
public record Program(String agent, Language language, List<Path> entries, List<Path> searchPath, Map<String, Path> mapped) {

    /** How a program imports. */
    public enum Language {
        PYTHON,
        /** JavaScript and TypeScript. */
        SCRIPT,
        /** Nobody can tell what it runs: any source file may concern it. */
        UNKNOWN
    }

    public Program {
        entries = List.copyOf(entries);
        searchPath = List.copyOf(searchPath);
        mapped = Map.copyOf(mapped);
    }
}
