package meshdev.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was last delivered of every watched file, and the delivery of what differs. Owned by the watcher's thread;
 * only {@link #current} may be asked by others.
 */
final class WatchedFiles {
    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);
    /** The kernel's file times lag behind its clock by up to a tick: 1, 4 or 10 ms. */
    private static final Duration TICK = Duration.ofMillis(10);

    private WatchRules rules;
    private TreeScan scan;
    private final WatchListener listener;
    private final InstantSource fileTime;
    private final FreshFiles fresh = new FreshFiles();
    private final Map<Path, Optional<Snapshot.Entry>> answered = new HashMap<>();
    private final Set<Path> missing = new HashSet<>();
    private final Set<Path> present = new HashSet<>();
    private volatile Snapshot current = Snapshot.EMPTY;

    WatchedFiles(WatchRules rules, WatchListener listener, InstantSource fileTime) {
        this.rules = rules;
        this.scan = new TreeScan(rules);
        this.listener = listener;
        this.fileTime = fileTime;
    }

    /**
     * What a scan found.
     *
     * @param eventful whether any of it should have led to an event
     * @param settled false while some file is so young that another write could hide behind its times
     * @param rebound whether names lead to other folders than before, or folders have become readable
     */
    record Outcome(boolean changed, boolean eventful, boolean settled, boolean rebound) {
    }

    Snapshot current() {
        return current;
    }

    /** The first scan; what became visible since {@code start}, in file time, is delivered as modified. */
    void baseline(Instant start, Instant seenAt) {
        Snapshot first = scan.scan(Snapshot.EMPTY, () -> { });
        Instant now = fileTime.instant();
        current = first;
        tellRoots();
        tellUnreadable(Snapshot.EMPTY, first);
        fresh.note(first.paths(), first::entry, now);
        Instant from = start.minus(TICK);
        Instant to = now.plus(TICK);
        deliver(first.files().entrySet().stream()
                .filter(entry -> touchedSince(from, to, entry.getKey(), entry.getValue()))
                .map(entry -> new Change(entry.getKey(), Change.Kind.MODIFIED, entry.getValue().decision()))
                .sorted(Comparator.comparing(Change::path)).toList(), seenAt);
    }

    /**
     * Goes by other rules from now on. Files that both watch are compared as ever, so that a change in between is
     * delivered; files that only the new ones watch are taken as they are.
     */
    void follow(WatchRules next, Instant seenAt) {
        WatchRules before = rules;
        rules = next;
        scan = new TreeScan(next);
        Snapshot known = takeAnswered().watchedBy(next);
        Snapshot scanned = scan.scan(known, () -> { });
        current = scanned;
        tellRoots();
        tellUnreadable(known, scanned);
        List<Change> changes = new ArrayList<>(known.changesTo(scanned));
        changes.removeIf(change -> change.kind() == Change.Kind.CREATED && before.watched(change.path()).isEmpty());
        deliver(settle(changes), seenAt);
    }

    /** Scans everything and delivers what differs. */
    Outcome scan(Instant seenAt, Runnable interlude) {
        takeAnswered();
        Snapshot scanned = scan.scan(current, interlude);
        // a question answered in the middle of the scan may know better
        Snapshot next = scanned.with(answered);
        Snapshot before = takeAnswered();
        List<Change> changes = before.changesTo(next);
        current = next;
        tellRoots();
        tellUnreadable(before, next);
        changes = settle(changes);
        deliver(changes, seenAt);
        return new Outcome(!changes.isEmpty(), eventful(changes), fresh.isEmpty(), !before.anchors().equals(next.anchors())
                || !before.unreadable().keySet().equals(next.unreadable().keySet()));
    }

    /** A file behind a link changes in a folder that nobody listens to, so its changes come without events. */
    private static boolean eventful(List<Change> changes) {
        return changes.stream().anyMatch(change -> !Files.isSymbolicLink(change.path()));
    }

    /**
     * Stats only these files and delivers what differs, with what turned out meanwhile of others that are young. Returns
     * the changes of these files only: a file that another program never stops writing must not answer for them.
     */
    List<Change> check(List<Path> paths, Instant seenAt) {
        List<Change> changes = new ArrayList<>();
        for (Path path : paths) {
            try {
                Optional<Snapshot.Entry> now = scan.entry(path);
                Snapshot.change(path, known(path), now).ifPresent(change -> {
                    changes.add(change);
                    answered.put(path, now);
                });
            } catch (IOException unreadable) {
                log.debug("unreadable, counted as unchanged: {}", path, unreadable);
            }
        }
        List<Change> settled = settle(changes);
        deliver(settled, seenAt);
        return settled.stream().filter(change -> paths.contains(change.path())).toList();
    }

    private Optional<Snapshot.Entry> known(Path path) {
        return answered.getOrDefault(path, current.entry(path));
    }

    /** Answers are kept aside between scans, because a snapshot of many files is slow to copy. */
    private Snapshot takeAnswered() {
        current = current.with(answered);
        answered.clear();
        return current;
    }

    /** Adds changes that stamps can't show, and remembers the content of files written just now. */
    private List<Change> settle(List<Change> changes) {
        Instant now = fileTime.instant();
        List<Change> all = new ArrayList<>(changes);
        all.addAll(fresh.silentChanges(this::known, now));
        fresh.note(changes.stream().map(Change::path).toList(), this::known, now);
        all.sort(Comparator.comparing(Change::path));
        return List.copyOf(all);
    }

    private void deliver(List<Change> changes, Instant seenAt) {
        if (!changes.isEmpty()) {
            try {
                listener.filesChanged(changes, seenAt);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
                log.error("the listener failed for {} changes", changes.size(), broken);
            }
        }
    }

    /** Tells which files were refused, each with the rule. */
    void tellRefused(List<Path> files, Instant seenAt) {
        List<Refusal> refusals = files.stream().map(file -> new Refusal(file, rules.decide(file)))
                .filter(refusal -> !refusal.decision().verdict().watched()).toList();
        try {
            listener.refused(refusals, seenAt);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
            log.error("the listener failed for {} refused files", refusals.size(), broken);
        }
    }

    /** By modification or by inode change, which a rename moves although the modification time stays old. */
    private static boolean touchedSince(Instant start, Instant now, Path path, Snapshot.Entry entry) {
        Instant modified = Instant.ofEpochSecond(0, entry.stamp().modifiedNanos());
        return within(start, now, modified) || changeTime(path).filter(time -> within(start, now, time)).isPresent();
    }

    private static boolean within(Instant start, Instant end, Instant time) {
        return !time.isBefore(start) && !time.isAfter(end);
    }

    private static Optional<Instant> changeTime(Path path) {
        try {
            Object time = Files.getAttribute(path, "unix:ctime");
            return Optional.of(((java.nio.file.attribute.FileTime) time).toInstant());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private void tellRoots() {
        for (Path folder : rules.namedFolders()) {
            if (Files.exists(folder)) {
                present.add(folder);
                if (missing.remove(folder)) {
                    tell(new WatchNotice.RootBack(folder));
                }
            } else if (present.contains(folder) && missing.add(folder)) {
                tell(new WatchNotice.RootMissing(folder));
            }
        }
    }

    private void tellUnreadable(Snapshot before, Snapshot now) {
        now.unreadable().forEach((path, reason) -> {
            if (!before.unreadable().containsKey(path)) {
                tell(new WatchNotice.Unreadable(path, reason));
            }
        });
    }

    void tell(WatchNotice notice) {
        try {
            listener.notice(notice);
        } catch (RuntimeException broken) {
            log.error("the listener failed for {}", notice, broken);
        }
    }
}
