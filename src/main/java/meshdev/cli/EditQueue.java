package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import meshdev.watch.Debouncer;

/**
 * Edits that may change the configuration or the set of agents, gathered until they have been quiet for the reload delay.
 * Bounded by the files they name. Thread-safe.
 */
final class EditQueue {
    private static final String KEY = "edits";

    private final InstantSource clock;
    private final Debouncer debouncer;
    private Batch pending = Batch.NONE;
    private Duration delay;
    private boolean closed;

    EditQueue(Duration delay, InstantSource clock) {
        this.debouncer = new Debouncer(delay);
        this.delay = delay;
        this.clock = clock;
    }

    /**
     * Edits that are handled together.
     *
     * @param configuration files that settings are read from
     * @param candidates    files that may be, or have been, an agent's
     * @param left          agents that have ended for good
     * @param number        of the last search that this answers
     */
    record Batch(Set<Path> configuration, Set<Path> candidates, Set<String> left, long number, Instant firstAt) {
        static final Batch NONE = new Batch(Set.of(), Set.of(), Set.of(), 0, Instant.MAX);

        Batch and(Batch other) {
            return new Batch(union(configuration, other.configuration), union(candidates, other.candidates),
                    union(left, other.left), Math.max(number, other.number),
                    firstAt.isBefore(other.firstAt) ? firstAt : other.firstAt);
        }

        private static <T> Set<T> union(Set<T> one, Set<T> other) {
            Set<T> all = new LinkedHashSet<>(one);
            all.addAll(other);
            return all;
        }
    }

    synchronized void add(Batch edits, Instant at) {
        pending = pending.and(edits);
        debouncer.changed(KEY, Set.of(), at);
        notifyAll();
    }

    /** An agent has ended for good. That is handled at once, unless edits wait: they may make it another agent's name. */
    synchronized void left(String agent) {
        Instant now = clock.instant();
        add(new Batch(Set.of(), Set.of(), Set.of(agent), 0, now), now.minus(delay));
    }

    /** Makes the edits that wait answer this search too, if the configuration is among them; does not put them off. */
    synchronized boolean join(long number) {
        boolean configured = !pending.configuration().isEmpty();
        if (configured) {
            pending = pending.and(new Batch(Set.of(), Set.of(), Set.of(), number, Instant.MAX));
        }
        return configured;
    }

    synchronized boolean hasConfiguration() {
        return !pending.configuration().isEmpty();
    }

    /** Waits until edits are quiet; empty when closed. */
    synchronized Optional<Batch> take() throws InterruptedException {
        while (!closed) {
            if (!debouncer.due(clock.instant()).isEmpty()) {
                Batch due = pending;
                pending = Batch.NONE;
                return Optional.of(due);
            }
            await(debouncer.nextDeadline());
        }
        return Optional.empty();
    }

    private void await(Optional<Instant> deadline) throws InterruptedException {
        if (deadline.isEmpty()) {
            wait();
        } else {
            wait(Math.max(1, Duration.between(clock.instant(), deadline.get()).toMillis() + 1));
        }
    }

    /**
     * Whether what was read for this batch is void because of newer edits, with which it is handled again then. Not when it
     * has waited for so long that an endless writer would starve it.
     */
    synchronized boolean isOutdated(Batch batch) {
        boolean outdated = debouncer.nextDeadline().isPresent() && !pending.configuration().isEmpty()
                && clock.instant().isBefore(batch.firstAt().plus(Debouncer.cap(delay)));
        if (outdated) {
            pending = batch.and(pending);
        }
        return outdated;
    }

    /** Another quiet time. */
    synchronized void delay(Duration other) {
        debouncer.delay(other);
        delay = other;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
