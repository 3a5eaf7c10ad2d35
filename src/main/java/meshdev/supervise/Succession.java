package meshdev.supervise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Agents on their way in and out. One that takes the place of another waits until that one is down: they may want the same
 * port. Used by the supervisor's thread only.
 */
final class Succession {
    private final Map<String, Optional<String>> arriving = new LinkedHashMap<>();
    private final Set<String> leaving = new LinkedHashSet<>();

    /** The agent has been asked to end for good. */
    void leave(String agent) {
        arriving.remove(agent);
        leaving.add(agent);
    }

    /** The agent is to start, after the end of its own life before and of the one it takes the place of. */
    void arrive(String agent, Optional<String> after) {
        leaving.remove(agent);
        arriving.put(agent, after);
    }

    /** Nobody is to start any more. */
    void close() {
        arriving.clear();
    }

    /** Takes out those who were to leave and are down. */
    List<String> takeGone(Predicate<String> down) {
        List<String> gone = leaving.stream().filter(down).toList();
        gone.forEach(leaving::remove);
        return gone;
    }

    /** Takes out those who can start. */
    List<String> takeDue(Predicate<String> down) {
        List<String> due = new ArrayList<>();
        arriving.forEach((agent, after) -> {
            if (down.test(agent) && after.map(down::test).orElse(true)) {
                due.add(agent);
            }
        });
        due.forEach(arriving::remove);
        return due;
    }
}
