package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What files say, read once for each state of a file. A file that is broken goes on to say what it said before. Files that
 * nobody imports any more are kept while there are fewer than 50 000, and looked at before they are believed again.
 * Used by one thread.
 */
final class FactsCache {
    private static final int MOST = 50_000;

    private final Function<Path, Optional<Stamp>> stamps;
    private final Map<Path, Known> known = new HashMap<>();
    /** Those that a watcher tells of when they change. */
    private final Set<Path> current = new HashSet<>();

    FactsCache(Function<Path, Optional<Stamp>> stamps) {
        this.stamps = stamps;
    }

    private record Known(Optional<Stamp> stamp, SourceFacts facts) {
    }

    /** Empty when the file has to be read. */
    Optional<SourceFacts> of(Path file) {
        Known one = known.get(file);
        if (one == null || !current.contains(file) && (one.stamp().isEmpty() || !one.stamp().equals(stamps.apply(file)))) {
            return Optional.empty();
        }
        current.add(file);
        return Optional.of(one.facts());
    }

    /** The file is not as it was. What it said is kept for the case that it cannot be parsed now. */
    void changed(Path file) {
        current.remove(file);
        known.computeIfPresent(file, (path, one) -> new Known(Optional.empty(), one.facts()));
    }

    /** Reads all that {@link #of} does not know. A file that is gone says nothing. */
    void read(Collection<Path> files, SourceReader reader) throws IOException {
        Map<Path, Optional<Stamp>> before = new HashMap<>();
        List<Path> present = new ArrayList<>();
        for (Path file : files) {
            if (of(file).isEmpty() && !before.containsKey(file)) {
                before.put(file, stamps.apply(file));
                before.get(file).ifPresent(stamp -> present.add(file));
            }
        }
        Map<Path, SourceFacts> read = present.isEmpty() ? Map.of() : reader.read(present);
        before.forEach((file, stamp) -> {
            SourceFacts said = stamp.isEmpty() ? gone() : read.getOrDefault(file, SourceFacts.unreadable());
            known.put(file, new Known(stamp, said.broken() ? lastGood(file) : said));
            current.add(file);
        });
    }

    private static SourceFacts gone() {
        return new SourceFacts(List.of(), List.of(), List.of(), List.of(), List.of(), false);
    }

    private SourceFacts lastGood(Path file) {
        Known one = known.get(file);
        return one == null ? SourceFacts.unreadable() : one.facts();
    }

    /** Only these files are still in use. */
    void retain(Set<Path> used) {
        current.retainAll(used);
        if (known.size() > MOST) {
            known.keySet().retainAll(used);
        }
    }

    /** Believes nothing any more without looking at the file. */
    void doubt() {
        current.clear();
    }
}
