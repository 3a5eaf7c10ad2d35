package meshdev.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Files written so recently that a second write could leave size and times as they are, because the kernel's file
 * times advance in ticks of up to 10 ms. For these few, and only until they are older, the content is compared too.
 * Used by one thread.
 */
final class FreshFiles {
    private static final Duration FRESH = Duration.ofMillis(20);
    private static final int MOST_FILES = 64;
    private static final int MOST_BYTES = 1 << 20;

    private final Map<Path, Fresh> files = new HashMap<>();

    private record Fresh(FileStamp stamp, long checksum) {
    }

    /** Starts to compare those of the given files that are fresh; beyond 64 of them at once the times must do. */
    void note(Collection<Path> candidates, Function<Path, Optional<Snapshot.Entry>> known, Instant fileTime) {
        for (Path path : candidates) {
            Optional<FileStamp> stamp = known.apply(path).map(Snapshot.Entry::stamp)
                    .filter(one -> isFresh(one, fileTime) && one.size() <= MOST_BYTES && files.size() < MOST_FILES);
            stamp.ifPresent(one -> checksum(path).ifPresent(sum -> files.put(path, new Fresh(one, sum))));
        }
    }

    /** Fresh files with equal stamps but other content than when last asked; files that have aged are let go. */
    List<Change> silentChanges(Function<Path, Optional<Snapshot.Entry>> known, Instant fileTime) {
        List<Change> changes = new ArrayList<>();
        for (Path path : List.copyOf(files.keySet())) {
            Fresh fresh = files.get(path);
            Optional<Snapshot.Entry> entry = known.apply(path).filter(one -> one.stamp().equals(fresh.stamp()));
            Optional<Long> sum = entry.isPresent() ? checksum(path) : Optional.empty();
            if (sum.isEmpty() || !isFresh(fresh.stamp(), fileTime)) {
                files.remove(path);
            } else {
                files.put(path, new Fresh(fresh.stamp(), sum.get()));
            }
            if (sum.isPresent() && sum.get() != fresh.checksum()) {
                changes.add(new Change(path, Change.Kind.MODIFIED, entry.orElseThrow().decision()));
            }
        }
        return changes;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Times of the future count as old: a file may carry any date. */
    private static boolean isFresh(FileStamp stamp, Instant fileTime) {
        Instant modified = Instant.ofEpochSecond(0, stamp.modifiedNanos());
        return !modified.isBefore(fileTime.minus(FRESH)) && !modified.isAfter(fileTime.plus(FRESH));
    }

    private static Optional<Long> checksum(Path path) {
        CRC32C sum = new CRC32C();
        try (InputStream in = Files.newInputStream(path)) {
            sum.update(in.readNBytes(MOST_BYTES));
            return Optional.of(sum.getValue());
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }
}
