package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that events named and rules refuse, for whoever wonders why nothing happened. A program may write such files
 * without end, so each is taken once in ten seconds, and only so many different ones. Thread-safe.
 */
final class RefusedFiles {
    static final int MOST = 100;
    static final Duration ONCE_IN = Duration.ofSeconds(10);

    private final InstantSource clock;
    /** When each was last taken, the oldest first. */
    private final Map<Path, Instant> taken = new LinkedHashMap<>();
    private final List<Path> waiting = new ArrayList<>();

    /** @param clock monotonic */
    RefusedFiles(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the file was taken in. */
    synchronized boolean offer(Path file) {
        Instant now = clock.instant();
        Iterator<Instant> oldest = taken.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().plus(ONCE_IN))) {
            oldest.remove();
        }
        if (taken.containsKey(file) || taken.size() == MOST || waiting.size() == MOST) {
            return false;
        }
        taken.put(file, now);
        return waiting.add(file);
    }

    /** What was taken in since last asked. */
    synchronized List<Path> take() {
        List<Path> files = List.copyOf(waiting);
        waiting.clear();
        return files;
    }
}
