package meshdev.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All watched files at one moment. Immutable.
 *
 * @param files      by absolute path, links not resolved; compared as paths, because hostile names do not survive text
 * @param anchors    trees and followed links with the identity of what they lead to; when one differs, native watches
 *                   are bound to the wrong folder
 * @param unreadable folders that could not be listed, with the reason; their files are taken over from the snapshot before
 */
public record Snapshot(Map<Path, Entry> files, Map<Path, Object> anchors, Map<Path, String> unreadable) {
    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of());

    /** A watched file. */
    record Entry(FileStamp stamp, Decision decision) {
    }

    public Snapshot {
        files = Collections.unmodifiableMap(files);
        anchors = Map.copyOf(anchors);
        unreadable = Map.copyOf(unreadable);
    }

    /** The watched files, in no order. */
    public Set<Path> paths() {
        return files.keySet();
    }

    Optional<Entry> entry(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    /** What differs in a later snapshot, sorted by path. */
    List<Change> changesTo(Snapshot next) {
        List<Change> changes = new ArrayList<>();
        next.files.forEach((path, entry) -> change(path, Optional.of(entry)).ifPresent(changes::add));
        if (next.files.size() < files.size() || changes.stream().anyMatch(one -> one.kind() == Change.Kind.CREATED)) {
            files.keySet().stream().filter(path -> !next.files.containsKey(path))
                    .forEach(path -> change(path, Optional.empty()).ifPresent(changes::add));
        }
        changes.sort(Comparator.comparing(Change::path));
        return changes;
    }

    private Optional<Change> change(Path path, Optional<Entry> now) {
        return change(path, entry(path), now);
    }

    /** What differs for one file; an empty entry means that there is none. */
    static Optional<Change> change(Path path, Optional<Entry> before, Optional<Entry> now) {
        if (before.map(Entry::stamp).equals(now.map(Entry::stamp))) {
            return Optional.empty();
        }
        Change.Kind kind = before.isEmpty() ? Change.Kind.CREATED
                : now.isEmpty() ? Change.Kind.DELETED : Change.Kind.MODIFIED;
        return Optional.of(new Change(path, kind, now.or(() -> before).orElseThrow().decision()));
    }

    /** The files of this snapshot that other rules watch too, with their decisions. */
    Snapshot watchedBy(WatchRules rules) {
        Map<Path, Entry> kept = new HashMap<>();
        files.forEach((path, entry) -> rules.watched(path)
                .ifPresent(decision -> kept.put(path, new Entry(entry.stamp(), decision))));
        return new Snapshot(kept, anchors, unreadable);
    }

    /** This snapshot with the present state of single files, absent where the value is empty. */
    Snapshot with(Map<Path, Optional<Entry>> present) {
        if (present.isEmpty()) {
            return this;
        }
        Map<Path, Entry> updated = new HashMap<>(files);
        present.forEach((path, entry) -> entry.ifPresentOrElse(
                one -> updated.put(path, one), () -> updated.remove(path)));
        return new Snapshot(updated, anchors, unreadable);
    }
}
