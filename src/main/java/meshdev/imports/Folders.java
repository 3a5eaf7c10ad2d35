package meshdev.imports;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What folders hold, as last looked at, so that finding modules does not go to the disk again and again. Keeps up to
 * 20 000 folders; more are looked at each time. One thread looks, any may ask {@link #knows}: what was newly looked at is
 * kept from them until {@link #publish}, so that no name is known before the closures that take it into account.
 */
final class Folders {
    private static final int MOST = 20_000;

    private final FolderNames disk;
    private final Map<Path, Optional<Listing>> known = new ConcurrentHashMap<>();
    /** What was looked at since. For the thread that looks. */
    private final Map<Path, Optional<Listing>> fresh = new HashMap<>();

    Folders(FolderNames disk) {
        this.disk = disk;
    }

    /** Empty when there is no such folder. */
    Optional<Listing> in(Path folder) {
        Optional<Listing> listing = lastLook(folder);
        return listing == null ? look(folder) : listing;
    }

    /** Null when it was never looked at: an empty one means that there was no such folder. */
    private Optional<Listing> lastLook(Path folder) {
        Optional<Listing> listing = fresh.get(folder);
        return listing == null ? known.get(folder) : listing;
    }

    private Optional<Listing> look(Path folder) {
        Optional<Listing> listing = disk.in(folder).map(Listing::of);
        if (known.size() + fresh.size() < MOST || known.containsKey(folder)) {
            fresh.put(folder, listing);
        }
        return listing;
    }

    /** From now on others know what was looked at; the closures that were made from it have to be known by then. */
    void publish() {
        known.putAll(fresh);
        fresh.clear();
    }

    /** Whether the file is known to exist, without looking. */
    boolean knows(Path file) {
        Path folder = file.getParent();
        Optional<Listing> listing = folder == null ? Optional.empty() : known.getOrDefault(folder, Optional.empty());
        return listing.isPresent() && listing.get().has(file.getFileName().toString());
    }

    /**
     * Looks again at where files changed.
     *
     * @return what came or went: more than was asked for when others did so, too; also what was never looked at before
     */
    Set<Path> lookAgain(Collection<Path> changed) {
        Set<Path> moved = new HashSet<>();
        Set<Path> seen = new HashSet<>();
        for (Path file : changed) {
            if (file.getParent() != null && lastLook(file.getParent()) == null) {
                moved.add(file);
            }
            Path folder = file.getParent();
            while (folder != null && seen.add(folder) && !isStill(folder, moved)) {
                folder = folder.getParent();
            }
        }
        return moved;
    }

    /** Whether the folder was there before and still is, so that those above it hold the same names. */
    private boolean isStill(Path folder, Set<Path> moved) {
        Optional<Listing> before = lastLook(folder);
        Optional<Listing> now = look(folder);
        if (before == null) {
            return false;
        }
        Set<String> old = before.map(Listing::names).orElse(Set.of());
        Set<String> present = now.map(Listing::names).orElse(Set.of());
        addMissing(folder, old, present, moved);
        addMissing(folder, present, old, moved);
        return before.isPresent() && now.isPresent();
    }

    private static void addMissing(Path folder, Set<String> names, Set<String> others, Set<Path> moved) {
        for (String name : names) {
            if (!others.contains(name)) {
                moved.add(folder.resolve(name));
            }
        }
    }
}
