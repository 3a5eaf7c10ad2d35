package meshdev.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The project root and the started folders: which of them a path belongs to, and its name from there. */
final class Places {
    private final Path root;
    private final List<Path> startFolders;
    private final List<Path> outside;

    Places(Path root, List<Path> startFolders) {
        this.root = root;
        this.startFolders = startFolders;
        List<Path> elsewhere = new ArrayList<>(startFolders);
        elsewhere.removeIf(path -> path.startsWith(root));
        this.outside = outermost(elsewhere);
    }

    /** The outermost started folders outside the project. */
    List<Path> outside() {
        return outside;
    }

    /** The folder that patterns of the project are relative to for this path; empty outside of all. */
    Optional<Path> base(Path path) {
        return path.startsWith(root) ? Optional.of(root)
                : outside.stream().filter(path::startsWith).findFirst();
    }

    /** The deepest folder above a path that a user named: built-in excludes hold below it only. */
    Path namedAbove(Path path) {
        Path deepest = root;
        for (Path start : startFolders) {
            boolean deeper = !path.startsWith(deepest) || start.getNameCount() > deepest.getNameCount();
            if (deeper && path.startsWith(start)) {
                deepest = start;
            }
        }
        return deepest;
    }

    /** The path's text from a folder above it; empty for the folder itself. */
    static String below(Path folder, Path path) {
        String all = path.toString();
        int begin = folder.toString().length() + (folder.getNameCount() == 0 ? 0 : 1);
        return begin >= all.length() ? "" : all.substring(begin);
    }

    static List<Path> outermost(List<Path> paths) {
        List<Path> kept = new ArrayList<>();
        for (Path path : new TreeSet<>(paths)) {
            if (kept.stream().noneMatch(path::startsWith)) {
                kept.add(path);
            }
        }
        return List.copyOf(kept);
    }
}
