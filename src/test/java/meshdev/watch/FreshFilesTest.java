package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshFilesTest {
    private static final Instant WRITTEN = Instant.parse("2030-01-01T00:00:00Z");
    private final Path file = Given.write(Given.folder().resolve("a.py"), "one");
    private final FreshFiles fresh = new FreshFiles();

    private Optional<Snapshot.Entry> entry(Path path) {
        try {
            FileStamp stamp = FileStamp.of(Files.readAttributes(path, BasicFileAttributes.class));
            return Optional.of(new Snapshot.Entry(stamp, Decision.ignored("a test")));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private void write(String text, Instant time) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    @Test
    void aSecondWriteWithinOneTickIsSeenByItsContent() throws IOException {
        write("two", WRITTEN);
        fresh.note(List.of(file), this::entry, WRITTEN.plusMillis(2));
        assertEquals(List.of(), fresh.silentChanges(this::entry, WRITTEN.plusMillis(3)));
        write("six", WRITTEN);
        assertEquals(List.of(file), fresh.silentChanges(this::entry, WRITTEN.plusMillis(4)).stream()
                .map(Change::path).toList());
        assertEquals(List.of(), fresh.silentChanges(this::entry, WRITTEN.plusMillis(5)));
    }

    @Test
    void aFileIsComparedOnceMoreWhenItHasAgedAndThenLetGo() throws IOException {
        write("two", WRITTEN);
        fresh.note(List.of(file), this::entry, WRITTEN.plusMillis(2));
        write("six", WRITTEN);
        assertEquals(1, fresh.silentChanges(this::entry, WRITTEN.plusMillis(40)).size());
        assertTrue(fresh.isEmpty());
    }

    @Test
    void oldFilesFilesOfTheFutureAndMissingOnesAreNotRead() throws IOException {
        write("two", WRITTEN);
        fresh.note(List.of(file), this::entry, WRITTEN.plusSeconds(1));
        fresh.note(List.of(file), this::entry, WRITTEN.minusSeconds(3600));
        fresh.note(List.of(file.resolveSibling("missing")), this::entry, WRITTEN);
        assertTrue(fresh.isEmpty());
        fresh.note(List.of(file), this::entry, WRITTEN);
        assertFalse(fresh.isEmpty());
    }
}
