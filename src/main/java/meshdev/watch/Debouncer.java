package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers changes by key until a key has been quiet for the delay, or its cap of ten delays (at least 5 s) after the
 * first change has passed. Keys do not influence each other. Has no clock and no thread; used by one thread.
 */
public final class Debouncer {
    private static final Duration LOWEST_CAP = Duration.ofSeconds(5);

    private Duration delay;
    private Duration cap;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** The delay may be zero: then a change is due at once. */
    public Debouncer(Duration delay) {
        delay(delay);
    }

    /** Another delay, for what is pending too. */
    public void delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("negative delay: " + delay);
        }
        this.delay = delay;
        this.cap = cap(delay);
    }

    /** How long changes of one key may go on before it is due all the same. */
    public static Duration cap(Duration delay) {
        Duration ten = delay.multipliedBy(10);
        return ten.compareTo(LOWEST_CAP) > 0 ? ten : LOWEST_CAP;
    }

    /**
     * A key that has become due.
     *
     * @param files in the order of their first change
     */
    public record Due(String key, Set<Path> files, Instant firstAt, Instant lastAt) {
        public Due {
            files = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(files));
        }
    }

    private record Pending(Set<Path> files, Instant firstAt, Instant lastAt) {
        Instant deadline(Duration delay, Duration cap) {
            return capped(delay, cap) ? firstAt.plus(cap) : lastAt.plus(delay);
        }

        boolean capped(Duration delay, Duration cap) {
            return firstAt.plus(cap).isBefore(lastAt.plus(delay));
        }
    }

    /** Notes changed files; an instant before one already known counts for the beginning only. */
    public void changed(String key, Set<Path> files, Instant at) {
        Pending before = pending.getOrDefault(key, new Pending(Set.of(), at, at));
        Set<Path> all = new LinkedHashSet<>(before.files());
        all.addAll(files);
        pending.put(key, new Pending(all, earlier(before.firstAt(), at), later(before.lastAt(), at)));
    }

    /** Takes out what is due, the earliest deadline first. */
    public List<Due> due(Instant now) {
        List<Map.Entry<String, Pending>> ripe = new ArrayList<>(pending.entrySet().stream()
                .filter(entry -> !deadline(entry.getValue()).isAfter(now)).toList());
        ripe.sort(Comparator.comparing(entry -> deadline(entry.getValue())));
        List<Due> due = ripe.stream().map(entry -> due(entry.getKey(), entry.getValue())).toList();
        due.forEach(one -> pending.remove(one.key()));
        return due;
    }

    /** When {@link #due} will next have an answer; empty when nothing is pending. */
    public Optional<Instant> nextDeadline() {
        return pending.values().stream().map(this::deadline).min(Comparator.naturalOrder());
    }

    /** Drops what is pending for a key, such as an agent that is gone. */
    public void forget(String key) {
        pending.remove(key);
    }

    private Due due(String key, Pending one) {
        return new Due(key, one.files(), one.firstAt(), one.lastAt());
    }

    private Instant deadline(Pending one) {
        return one.deadline(delay, cap);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
