package meshdev.imports;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists each folder of the disk once, until told that something was created or deleted. For one thread. */
final class KnownFolders implements Folders {
    /** Beyond that all is forgotten, which costs listings and nothing else. */
    private static final int MOST_FOLDERS = 20_000;
    private static final int MOST_BELOW = 5_000;

    private final Map<Path, Set<String>> names = new HashMap<>();
    private final Map<Path, Boolean> folders = new HashMap<>();

    @Override
    public boolean isFile(Path path) {
        return isListed(path) && !isFolder(path);
    }

    @Override
    public boolean isFolder(Path path) {
        Boolean known = folders.get(path);
        if (known == null) {
            known = isListed(path) && Files.isDirectory(path);
            folders.put(path, known);
        }
        return known;
    }

    private boolean isListed(Path path) {
        return path.getParent() == null || names(path.getParent()).contains(path.getFileName().toString());
    }

    @Override
    public List<Path> filesBelow(Path folder) {
        List<Path> found = new ArrayList<>();
        List<Path> open = new ArrayList<>(List.of(folder));
        while (!open.isEmpty() && found.size() < MOST_BELOW) {
            Path next = open.remove(open.size() - 1);
            for (String name : names(next)) {
                Path path = next.resolve(name);
                if (isFolder(path) && !Files.isSymbolicLink(path)) {
                    open.add(path);
                } else if (!isFolder(path)) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    /** What is in a folder has changed. */
    void forget(Path changed) {
        for (Path path = changed; path != null; path = path.getParent()) {
            names.remove(path);
            folders.remove(path);
        }
    }

    private Set<String> names(Path folder) {
        Set<String> known = names.get(folder);
        if (known == null) {
            if (names.size() >= MOST_FOLDERS) {
                names.clear();
                folders.clear();
            }
            known = list(folder);
            names.put(folder, known);
        }
        return known;
    }

    private static Set<String> list(Path folder) {
        Set<String> listed = new HashSet<>();
        if (!Files.isDirectory(folder)) {
            return listed;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> listed.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            listed.clear(); // as if empty: Python cannot list it either
        }
        return listed;
    }
}
