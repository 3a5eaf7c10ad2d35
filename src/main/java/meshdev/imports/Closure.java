package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All files that one program runs, by its imports. Never changes, but for lines; may be asked from any thread. */
final class Closure {
    private final Program program;
    private final Space space;
    private final Map<Path, Path> importers;
    private final Optional<Doubt> doubt;
    private volatile Optional<Map<Path, Path>> wanted = Optional.empty();
    private volatile Set<Path> open = Set.of();

    /**
     * Why any file may be imported.
     *
     * @param line 0 for a file of which nothing is known
     * @param what the words of the source
     */
    record Doubt(Path file, int line, String what) {
    }

    /** @param importers for each file who imports it, on the shortest way; an entry file imports itself; not changed any more */
    Closure(Program program, Space space, Map<Path, Path> importers, Optional<Doubt> doubt) {
        this.program = program;
        this.space = space;
        this.importers = importers;
        this.doubt = doubt;
    }

    Program program() {
        return program;
    }

    Space space() {
        return space;
    }

    Set<Path> files() {
        return Collections.unmodifiableSet(importers.keySet());
    }

    boolean contains(Path file) {
        return importers.containsKey(file);
    }

    Optional<Doubt> doubt() {
        return doubt;
    }

    /** From the entry file to this one; empty when the program does not import it. */
    List<Path> chain(Path file) {
        List<Path> chain = new ArrayList<>();
        Path last = file;
        for (Path one = importers.get(file); one != null; one = importers.get(one)) {
            chain.add(0, last);
            if (one.equals(last)) {
                return chain;
            }
            last = one;
        }
        return chain;
    }

    /** The file of this program that would import such a file if it were created. */
    Optional<Path> wants(Path file) {
        Map<Path, Path> sought = wanted.orElseGet(this::index);
        Path stem = Probe.stem(file);
        if (sought.containsKey(stem)) {
            return Optional.of(sought.get(stem));
        }
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (open.contains(folder)) {
                return Optional.of(sought.get(folder));
            }
        }
        return Optional.empty();
    }

    /** Made when first asked for: most programs never see a file created. */
    private Map<Path, Path> index() {
        Map<Path, Path> sought = new HashMap<>();
        Set<Path> folders = new HashSet<>();
        for (Path file : importers.keySet()) {
            for (Probe probe : space.known(file).map(Resolved::probes).orElse(List.of())) {
                probe.stems().forEach(stem -> sought.putIfAbsent(stem, file));
                probe.open().forEach(folder -> sought.putIfAbsent(folder, file));
                folders.addAll(probe.open());
            }
        }
        open = folders;
        wanted = Optional.of(sought);
        return sought;
    }
}
