package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a watcher told. */
final class Recorder implements WatchListener {
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final List<WatchNotice> notices = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private volatile Optional<Error> broken = Optional.empty();
    private volatile boolean refusing;

    @Override
    public void filesChanged(List<Change> changed, Instant seenAt) {
        changes.addAll(changed);
        Optional<Error> error = broken;
        broken = Optional.empty();
        if (error.isPresent()) {
            throw error.get();
        }
        if (refusing) {
            refusing = false;
            throw new IllegalStateException("a broken listener, on purpose");
        }
    }

    @Override
    public void notice(WatchNotice notice) {
        notices.add(notice);
    }

    @Override
    public void refused(List<Refusal> refused, Instant seenAt) {
        refusals.addAll(refused);
    }

    List<Refusal> refusals() {
        return refusals;
    }

    void breakOnce() {
        refusing = true;
    }

    void breakOnce(Error error) {
        broken = Optional.of(error);
    }

    List<WatchNotice> notices() {
        return notices;
    }

    Set<Path> paths() {
        Set<Path> paths = new TreeSet<>();
        changes.forEach(change -> paths.add(change.path()));
        return paths;
    }

    List<Change> changes() {
        return new ArrayList<>(changes);
    }

    boolean saw(Path path) {
        return changes.stream().anyMatch(change -> change.path().equals(path));
    }

    void forget() {
        changes.clear();
    }

    /** Waits long enough for a hint, its scan and the second look. */
    boolean staysSilent() {
        Instant end = Instant.now().plus(Duration.ofMillis(300));
        while (Instant.now().isBefore(end)) {
            Given.pause();
        }
        return changes.isEmpty();
    }
}
