package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
    /** So much of the delay may still be to come when a key is handed out ahead of time: a fifth. */
    private static final int LEAST_WAITED = 5;

    private final Duration mostLead;
    private Duration delay;
    private Duration lead;
    private Duration cap;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** The delay may be zero: then a change is due at once. */
    public Debouncer(Duration delay) {
        this(delay, Duration.ZERO);
    }

    /** @param mostLead so long before it is quiet a key is due, for those who have something to prepare; less with a short delay */
    public Debouncer(Duration delay, Duration mostLead) {
        this.mostLead = mostLead;
        delay(delay);
    }

    /** Another delay, for what is pending too. */
    public void delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("negative delay: " + delay);
        }
        this.delay = delay;
        this.cap = cap(delay);
        Duration part = delay.dividedBy(LEAST_WAITED);
        this.lead = part.compareTo(mostLead) < 0 ? part : mostLead;
    }

    /** How long changes of one key may go on before it is due all the same. */
    public static Duration cap(Duration delay) {
        Duration ten = delay.multipliedBy(10);
        return ten.compareTo(LOWEST_CAP) > 0 ? ten : LOWEST_CAP;
    }

    /**
     * A key that has become due.
     *
     * @param files   in the order of their first change
     * @param quietAt when it has been quiet for the delay, or will have been if nothing changes any more
     */
    public record Due(String key, Set<Path> files, Instant firstAt, Instant lastAt, Instant quietAt) {
        public Due {
            files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
        }
    }

    /** @param notBefore looked at again then, if that is later */
    private record Pending(Set<Path> files, Instant firstAt, Instant lastAt, Instant notBefore) {
        Instant quietAt(Duration delay, Duration cap) {
            return earlier(firstAt.plus(cap), lastAt.plus(delay));
        }

        Instant deadline(Duration delay, Duration cap, Duration lead) {
            return later(notBefore, earlier(firstAt.plus(cap), lastAt.plus(delay).minus(lead)));
        }
    }

    /** Notes changed files; an instant before one already known counts for the beginning only. */
    public void changed(String key, Set<Path> files, Instant at) {
        merge(key, new Pending(files, at, at, Instant.MIN));
    }

    /** Takes back what was due: it is due again at that moment, or when it is quiet if it has changed by then. */
    public void postpone(Due due, Instant until) {
        merge(due.key(), new Pending(due.files(), due.firstAt(), due.lastAt(), until));
    }

    private void merge(String key, Pending more) {
        pending.merge(key, more, (before, now) -> {
            Set<Path> all = new LinkedHashSet<>(before.files());
            all.addAll(now.files());
            return new Pending(all, earlier(before.firstAt(), now.firstAt()), later(before.lastAt(), now.lastAt()),
                    later(before.notBefore(), now.notBefore()));
        });
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
        return new Due(key, one.files(), one.firstAt(), one.lastAt(), one.quietAt(delay, cap));
    }

    private Instant deadline(Pending one) {
        return one.deadline(delay, cap, lead);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
