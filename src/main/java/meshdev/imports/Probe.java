package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where one name was looked for, so that it is known which files would be found if they were created.
 *
 * @param stems files without what their language adds to a module's name, absolute
 * @param open  folders: any file created below matters
 */
record Probe(List<Path> stems, List<Path> open) {
    Probe {
        stems = List.copyOf(stems);
        open = List.copyOf(open);
    }

    boolean isEmpty() {
        return stems.isEmpty() && open.isEmpty();
    }

    /** @param below folders that hold something that came or went, at any depth */
    boolean hit(Set<Path> stemsThatMoved, Set<Path> below) {
        return stems.stream().anyMatch(stemsThatMoved::contains) || open.stream().anyMatch(below::contains);
    }

    /** The file without what its language adds to a module's name. */
    static Path stem(Path file) {
        String name = file.getFileName().toString();
        if (name.equals("__init__.py") && file.getParent() != null) {
            return file.getParent();
        }
        int dot = name.endsWith(".so") ? name.indexOf('.') : name.lastIndexOf('.');
        return dot <= 0 ? file : file.resolveSibling(name.substring(0, dot));
    }
}
