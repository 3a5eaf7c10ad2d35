package meshdev.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where an interpreter looks for modules, without what an agent, its folder or {@code PYTHONPATH} adds.
 *
 * @param version  such as {@code 3.11.7}
 * @param builtins names of modules that are no files
 * @param entries  of {@code sys.path}, in order; absolute
 * @param editable packages that are installed in place, with the folder or file each is
 */
public record SearchPath(String version, Set<String> builtins, List<Path> entries, Map<String, Path> editable) {
    /** Nothing is known, because the interpreter did not answer. */
    public static final SearchPath UNKNOWN = new SearchPath("", Set.of(), List.of(), Map.of());

    public SearchPath {
        builtins = Set.copyOf(builtins);
        entries = List.copyOf(entries);
        editable = Map.copyOf(editable);
    }
}
