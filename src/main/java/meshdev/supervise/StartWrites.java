package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file that an agent itself rewrites whenever it starts, which would reload it for ever. Nobody tells who wrote
 * a file, so this goes by a row of launches, each caused by nothing but that file and followed by its next change at once.
 * From then on a change of that file right after a launch does not count; every other change does.
 *
 * <p>A user may save that fast as well, and no save may be lost. Hence source code is suspected only when it changes
 * before the agent is ready, and is put off for a while before it is paused; the agent's entry file never is.
 */
final class StartWrites {
    /** A change that comes later after the launch is the user's. */
    static final Duration SUSPECT = Duration.ofSeconds(2);
    /**
     * After that many launches in a row, within {@link #WITHIN}, a change before ready is the agent's own. The first of
     * them may have been seen later: agents are launched before files are watched.
     */
    static final int SURE = 3;
    static final Duration WITHIN = Duration.ofSeconds(10);
    /** The same for source code; from {@link #SURE} on it is put off. */
    static final int SURE_OF_SOURCE = 5;
    /** The same for changes after ready, which are a user's rather than an agent's. */
    static final int SURE_AFTER_READY = 10;
    /** How long after the launch a change that is put off counts as seen. */
    static final Duration PUT_OFF = Duration.ofSeconds(5);
    /** An agent is known to be ready a moment after it is: source saved in between was saved after ready. */
    private static final Duration NEWS_TAKE = Duration.ofMillis(200);
    /** And an event takes a moment: what other files an agent wrote just before it was ready may be told just after. */
    private static final Duration EVENT_TAKES = Duration.ofMillis(80);
    private static final Set<String> SOURCE = Set.of(
            "py", "pyi", "ipynb", "js", "mjs", "cjs", "ts", "tsx", "jsx", "java", "kt");

    private Path entry;
    private final Set<Path> paused = new HashSet<>();
    /** The launches in a row that {@link #looping} alone caused. */
    private final List<Loop> row = new ArrayList<>();
    private Optional<Path> looping = Optional.empty();
    private Instant launchedAt = Instant.MAX;
    private Optional<Instant> readyAt = Optional.empty();
    /** What changed since the launch. */
    private final Set<Path> changed = new LinkedHashSet<>();
    private boolean allSuspect = true;
    private Instant firstAt = Instant.MAX;

    private record Loop(Instant at, boolean beforeReady) {
    }

    /**
     * What is to become of changes.
     *
     * @param counted those that reload the agent
     * @param at      when they count as seen
     * @param paused  a file that was found out by this
     */
    record Verdict(Set<Path> counted, Instant at, Optional<Path> paused) {
    }

    StartWrites(Path entry) {
        this.entry = entry;
    }

    /** The rules or the entry file are others: no file is paused any more, and the row begins anew. */
    void forgive(Path newEntry) {
        entry = newEntry;
        paused.clear();
        row.clear();
        looping = Optional.empty();
    }

    /** The agent was launched; what changed since the launch before has caused it, unless nothing did. */
    void launched(Instant now) {
        if (!changed.isEmpty()) {
            noteCause();
        }
        changed.clear();
        allSuspect = true;
        launchedAt = now;
        readyAt = Optional.empty();
    }

    private void noteCause() {
        Path file = changed.iterator().next();
        boolean loop = changed.size() == 1 && allSuspect && !file.equals(entry);
        if (!loop || !looping.equals(Optional.of(file))) {
            row.clear();
        }
        looping = loop ? Optional.of(file) : Optional.empty();
        if (loop) {
            Instant surely = isSource(file) ? firstAt.plus(NEWS_TAKE) : firstAt.minus(EVENT_TAKES);
            row.add(new Loop(firstAt, readyAt.isEmpty() || surely.isBefore(readyAt.get())));
        }
    }

    void ready(Instant now) {
        readyAt = Optional.of(now);
    }

    /** Judges files that were seen changed together. */
    Verdict seen(Set<Path> files, Instant at) {
        boolean suspect = !at.isBefore(launchedAt) && !at.isAfter(launchedAt.plus(SUSPECT));
        Set<Path> counted = new LinkedHashSet<>(files);
        if (suspect) {
            counted.removeAll(paused);
        }
        boolean again = suspect && looping.isPresent() && counted.equals(Set.of(looping.get())) && counted.containsAll(changed);
        if (again && isSure(looping.get())) {
            paused.add(looping.get());
            return new Verdict(Set.of(), at, looping);
        }
        note(counted, at, suspect);
        Instant seenAt = again && isSource(looping.get()) && lastBeforeReady(SURE) ? launchedAt.plus(PUT_OFF) : at;
        return new Verdict(counted, seenAt, Optional.empty());
    }

    private boolean isSure(Path file) {
        if (isSource(file)) {
            return lastBeforeReady(SURE_OF_SOURCE);
        }
        return row.size() >= SURE_AFTER_READY || row.size() >= SURE && lastBeforeReady(SURE - 1)
                && !row.get(row.size() - SURE).at().plus(WITHIN).isBefore(row.get(row.size() - 1).at());
    }

    private boolean lastBeforeReady(int many) {
        return row.size() >= many && row.subList(row.size() - many, row.size()).stream().allMatch(Loop::beforeReady);
    }

    private void note(Set<Path> counted, Instant at, boolean suspect) {
        if (counted.isEmpty()) {
            return;
        }
        if (changed.isEmpty()) {
            firstAt = at;
        }
        changed.addAll(counted);
        allSuspect &= suspect;
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return SOURCE.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
