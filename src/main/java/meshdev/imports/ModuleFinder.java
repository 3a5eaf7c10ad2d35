package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds one name in folders as Python does: in each folder the package before the module, the first folder that has
 * either wins, and folders without {@code __init__} together are a namespace when none has. Used by one thread.
 */
final class ModuleFinder {
    private static final String INIT = "__init__.py";

    private final Folders folders;
    private final Predicate<Path> followed;
    private final Map<List<Path>, Map<String, Found>> known = new HashMap<>();

    /** @param followed files that will be told of when they are created */
    ModuleFinder(Folders folders, Predicate<Path> followed) {
        this.folders = folders;
        this.followed = followed;
    }

    void forget() {
        known.clear();
    }

    Found find(String name, List<Path> where) {
        Map<String, Found> inThere = known.computeIfAbsent(where, folders -> new HashMap<>());
        Found found = inThere.get(name);
        if (found == null) {
            found = look(name, where);
            inThere.put(name, found);
        }
        return found;
    }

    private Found look(String name, List<Path> where) {
        List<Path> stems = new ArrayList<>();
        List<Path> open = new ArrayList<>();
        List<Path> portions = new ArrayList<>();
        for (Path folder : where) {
            Path stem = folder.resolve(name);
            Optional<Listing> here = folders.in(folder);
            Optional<Listing> inside = here.isPresent() && here.get().has(name) ? folders.in(stem) : Optional.empty();
            if (followed.test(folder.resolve(name.concat(".py")))) {
                stems.add(stem);
                if (inside.isEmpty()) {
                    open.add(stem);
                }
            }
            Optional<Found> found = in(name, stem, here, inside).map(one -> new Found(one.file(), one.folders(),
                    new Probe(stems, List.of())));
            if (found.isPresent()) {
                return found.get();
            }
            inside.ifPresent(listing -> portions.add(stem));
        }
        return new Found(Optional.empty(), List.copyOf(portions), new Probe(stems, open));
    }

    private static Optional<Found> in(String name, Path stem, Optional<Listing> here, Optional<Listing> inside) {
        Probe none = new Probe(List.of(), List.of());
        if (inside.isPresent() && inside.get().has(INIT)) {
            return Optional.of(new Found(Optional.of(stem.resolve(INIT)), List.of(stem), none));
        }
        if (inside.isPresent() && inside.get().compiled().contains("__init__")) {
            return Optional.of(new Found(Optional.empty(), List.of(stem), none));
        }
        if (here.isPresent() && here.get().has(name.concat(".py"))) {
            return Optional.of(new Found(Optional.of(stem.resolveSibling(name.concat(".py"))), List.of(), none));
        }
        boolean compiled = here.isPresent() && here.get().compiled().contains(name);
        return compiled ? Optional.of(new Found(Optional.empty(), List.of(), none)) : Optional.empty();
    }

    /** Whether the folder is a package with source. */
    boolean isPackage(Path folder) {
        return folders.in(folder).filter(listing -> listing.has(INIT)).isPresent();
    }

    /** Every source file below the folders, at any depth; at most 20 000. */
    List<Path> below(List<Path> where) {
        List<Path> files = new ArrayList<>();
        List<Path> open = new ArrayList<>(where);
        while (!open.isEmpty() && files.size() < 20_000) {
            Path folder = open.remove(open.size() - 1);
            for (String name : folders.in(folder).map(Listing::names).orElse(Set.of())) {
                if (name.endsWith(".py")) {
                    files.add(folder.resolve(name));
                } else if (name.indexOf('.') < 0 && !name.equals("__pycache__")) {
                    open.add(folder.resolve(name));
                }
            }
        }
        return files;
    }
}
