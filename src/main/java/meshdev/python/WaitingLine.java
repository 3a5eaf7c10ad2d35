package meshdev.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The interpreters that wait for one agent; the first is the next one to be used. Guarded by its user, but for {@link #kilobytes}. */
final class WaitingLine {
    private final Map<Waiting, Long> line = new LinkedHashMap<>();
    /** Read without the lock: others ask for it while they hold their own. */
    private volatile long kilobytes;

    /** Of modules, of all that wait. */
    long kilobytes() {
        return kilobytes;
    }

    Optional<Waiting> first() {
        return line.keySet().stream().findFirst();
    }

    List<Waiting> all() {
        return List.copyOf(line.keySet());
    }

    /** @param held kilobytes its modules take, as far as known by now */
    void add(Waiting one, long held) {
        line.put(one, held);
        sum();
    }

    /** What its modules take is known now; nothing if it does not wait any more. */
    void weighs(Waiting one, long held) {
        line.replace(one, held);
        sum();
    }

    void removeFirst() {
        first().ifPresent(line::remove);
        sum();
    }

    /** Ends all that wait. */
    void end() {
        line.keySet().forEach(one -> one.runner().end());
        line.clear();
        sum();
    }

    private void sum() {
        kilobytes = line.values().stream().mapToLong(Long::longValue).sum();
    }
}
