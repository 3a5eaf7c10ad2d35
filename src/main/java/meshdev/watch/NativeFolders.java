package meshdev.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which folders get a native watch, and which events matter. The library is given real paths, because it sees nothing
 * through a link as root; rules and snapshots go by the paths that users know. Used by one thread.
 */
final class NativeFolders {
    private final WatchRules rules;
    private final Map<Path, Path> userRoots = new LinkedHashMap<>();
    private final Set<Path> registered = new HashSet<>();
    private boolean links;

    NativeFolders(WatchRules rules) {
        this.rules = rules;
    }

    /** Puts a watch on one folder. */
    interface Registration {
        void register(Path real) throws IOException;
    }

    /** The existing trees and the parents of lone files, links resolved. */
    List<Path> resolveRoots() {
        rules.trees().forEach(this::resolve);
        rules.loneFiles().forEach(file -> resolve(file.getParent()));
        return List.copyOf(userRoots.keySet());
    }

    private void resolve(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                userRoots.putIfAbsent(real, folder);
            }
        } catch (IOException missing) {
            // it is found by a scan when it is there, and registered then
        }
    }

    /** Registers a folder and all below it that rules descend into, each before it is listed. */
    void visit(Path real, Registration registration) throws IOException {
        Path folder = asUserKnows(real);
        boolean tree = rules.trees().contains(folder);
        if (!tree && userRoots.containsKey(real)) {
            register(folder, registration);
        } else if (tree || rules.descends(folder)) {
            new FolderWalk(rules, new FolderWalk.Visitor() {
                @Override
                public void folder(Path each) throws IOException {
                    register(each, registration);
                }

                @Override
                public void anchor(Path each, Object identity) {
                    links |= !each.equals(folder);
                }
            }).walk(folder);
        }
    }

    private void register(Path folder, Registration registration) throws IOException {
        registered.add(folder);
        try {
            registration.register(real(folder));
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException gone) {
            // vanished again, or unreadable: the scan tells the user
        }
    }

    /** Whether an event at this path can mean a difference in a scan. */
    boolean matters(Path real) {
        Path path = asUserKnows(real);
        // one folder with two names has one watch: the event may carry the name that no rule knows
        return registered.contains(path) || rules.watched(path).isPresent()
                || links && rules.decide(path).verdict() == Verdict.IGNORED;
    }

    /** Whether what was created or deleted here may hold watched files. */
    boolean mayBeFolder(Path real, boolean folder) {
        return (folder || Files.isSymbolicLink(real)) && rules.descends(asUserKnows(real));
    }

    /** How many folders need a watch. */
    int count() {
        int[] count = {rules.loneFiles().size()};
        for (Path tree : rules.trees()) {
            try {
                new FolderWalk(rules, folder -> count[0]++).walk(tree);
            } catch (IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
        }
        return count[0];
    }

    /** The path as rules and snapshots have it. */
    Path asUserKnows(Path real) {
        return translate(real, userRoots);
    }

    private Path real(Path folder) {
        Map<Path, Path> reverse = new LinkedHashMap<>();
        userRoots.forEach((real, user) -> reverse.put(user, real));
        return translate(folder, reverse);
    }

    private static Path translate(Path path, Map<Path, Path> roots) {
        Path deepest = path.getRoot();
        for (Path root : roots.keySet()) {
            if (path.startsWith(root) && root.getNameCount() > deepest.getNameCount()) {
                deepest = root;
            }
        }
        Path target = roots.getOrDefault(deepest, deepest);
        return deepest.equals(path) ? target : target.resolve(deepest.relativize(path));
    }
}
