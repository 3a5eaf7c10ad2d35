package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where absolute imports are looked for.
 *
 * @param folders  in order: the script's folder, {@code PYTHONPATH}, what the interpreter adds
 * @param packages top-level packages that are found by name and not by folder: editable installs; the value is the package's
 *                 folder or the module's file
 */
public record SearchPath(List<Path> folders, Map<String, Path> packages) {
    public SearchPath {
        folders = List.copyOf(folders);
        packages = Map.copyOf(packages);
    }

    SearchPath withFront(List<Path> front) {
        List<Path> all = new ArrayList<>(front);
        all.addAll(folders);
        return new SearchPath(all, packages);
    }

    SearchPath withBack(List<Path> back) {
        List<Path> all = new ArrayList<>(folders);
        all.addAll(back);
        return new SearchPath(all, packages);
    }
}
