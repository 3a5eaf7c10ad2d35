package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.watch.Debouncer;

/**
 * Quiet changes whose files may belong to agents that are not known yet: they are judged when the search for those has
 * answered, or after a limit. Bounded by the agents and the files they name. Used by the supervisor's thread only.
 */
final class HeldBack {
    /** A search takes milliseconds; one that hangs in a dead network folder must not stop all reloads. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<Path, Search> searched = new HashMap<>();
    private final List<Debouncer.Due> held = new ArrayList<>();

    private record Search(long number, Instant until) {
    }

    /** Whom these files concern is not known until this search has been answered. */
    void hold(long number, Set<Path> files, Instant now) {
        files.forEach(file -> searched.put(file, new Search(number, now.plus(LIMIT))));
    }

    /** Whether this file is still being looked up. */
    boolean holds(Path file) {
        return searched.containsKey(file);
    }

    /** The searches up to this one have been answered. */
    void release(long number) {
        searched.values().removeIf(search -> search.number() <= number);
    }

    /** Those of the quiet changes that can be judged now, with the ones that were held back before; the rest is held. */
    List<Debouncer.Due> judgeable(List<Debouncer.Due> quiet, Instant now) {
        searched.values().removeIf(search -> !search.until().isAfter(now));
        held.addAll(quiet);
        List<Debouncer.Due> free = held.stream().filter(due -> due.files().stream().noneMatch(searched::containsKey)).toList();
        held.removeAll(free);
        return free;
    }

    /** Takes out what is held back for an agent: something changed again before it was judged. */
    Optional<Debouncer.Due> take(String agent) {
        for (Iterator<Debouncer.Due> each = held.iterator(); each.hasNext();) {
            Debouncer.Due due = each.next();
            if (due.key().equals(agent)) {
                each.remove();
                return Optional.of(due);
            }
        }
        return Optional.empty();
    }

    /** When something is judged without an answer; empty when nothing waits. */
    Optional<Instant> deadline() {
        return held.isEmpty() ? Optional.empty()
                : searched.values().stream().map(Search::until).min(Instant::compareTo);
    }
}
