package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the files of a dotted name as Python does: a package before a module of the same name, the first folder that has
 * either, and only where none has, folders without {@code __init__.py}. For one thread.
 */
final class ModuleFinder {
    static final String INIT = "__init__.py";
    private static final String SUFFIX = ".py";

    private final SearchPath path;
    private final Folders folders;
    private final Map<String, Location> known = new HashMap<>();

    ModuleFinder(SearchPath path, Folders folders) {
        this.path = path;
        this.folders = folders;
    }

    SearchPath path() {
        return path;
    }

    /**
     * What a name stands for.
     *
     * @param files  of the packages on the way and the module itself; nothing where a namespace has no file
     * @param inside the folders in which its submodules lie; none for a module, or for what was not found
     */
    record Location(List<Path> files, List<Path> inside) {
    }

    /** An absolute name. */
    Location find(String name) {
        Location location = known.get(name);
        if (location == null) {
            int dot = name.lastIndexOf('.');
            location = dot < 0 ? top(name) : submodule(find(name.substring(0, dot)), name.substring(dot + 1));
            known.put(name, location);
        }
        return location;
    }

    /** A name relative to a folder; the empty name is the package of the folder itself. */
    Location findBelow(Path folder, String name) {
        Path init = folder.resolve(INIT);
        Location location = new Location(folders.isFile(init) ? List.of(init) : List.of(), List.of(folder));
        for (String part : name.isEmpty() ? new String[0] : name.split("\\.")) {
            location = submodule(location, part);
        }
        return location;
    }

    private Location top(String name) {
        Path named = path.packages().get(name);
        if (named != null) {
            return named.toString().endsWith(SUFFIX) ? new Location(List.of(named), List.of())
                    : new Location(initOf(named), List.of(named));
        }
        return among(path.folders(), name, List.of());
    }

    /** Of a package's attributes and submodules nobody can tell which is meant; what is no module adds nothing. */
    private Location submodule(Location parent, String name) {
        return parent.inside().isEmpty() ? new Location(parent.files(), List.of())
                : among(parent.inside(), name, parent.files());
    }

    private Location among(List<Path> places, String name, List<Path> before) {
        List<Path> namespace = new ArrayList<>();
        for (Path place : places) {
            Path folder = place.resolve(name);
            Path module = place.resolve(name + SUFFIX);
            if (folders.isFile(folder.resolve(INIT))) {
                return new Location(with(before, folder.resolve(INIT)), List.of(folder));
            }
            if (folders.isFile(module)) {
                return new Location(with(before, module), List.of());
            }
            if (folders.isFolder(folder)) {
                namespace.add(folder);
            }
        }
        return new Location(before, namespace);
    }

    private List<Path> initOf(Path folder) {
        Path init = folder.resolve(INIT);
        return folders.isFile(init) ? List.of(init) : List.of();
    }

    private static List<Path> with(List<Path> before, Path last) {
        List<Path> all = new ArrayList<>(before);
        all.add(last);
        return all;
    }

    /** The modules below these folders, at any depth. */
    List<Path> modulesBelow(List<Path> inside) {
        List<Path> found = new ArrayList<>();
        for (Path folder : inside) {
            for (Path file : folders.filesBelow(folder)) {
                if (file.toString().endsWith(SUFFIX)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
