package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the notes of {@code recording.py}. */
class ImportRecordTest {
    private static final long UP = 3_000_100;

    @TempDir
    private Path folder;

    @Test
    void anImportTakesUntilTheNextOneOfTheProjectBeginsOrTheAgentIsReady() throws IOException {
        ImportRecord record = read("at 100 environment=", "import 100 json", "import 300 json.decoder", "at 1000100 ",
                "import 1000100 torch", "import 1500100 torch.nn", "at 9000000 ", "import 9000000 lazy", "import 9500000 lazy.more");
        assertEquals(List.of(new SlowImport("json", Duration.ofMillis(1)), new SlowImport("torch", Duration.ofMillis(2)),
                new SlowImport("lazy", Duration.ofNanos(500_000))), record.imports());
        assertEquals(Duration.ofNanos(3_500_000), new Learned(folder, Map.of(), record.imports()).took());
    }

    @Test
    void theLastImportTakesUntilTheAgentIsReady() throws IOException {
        assertEquals(List.of(new SlowImport("torch", Duration.ofMillis(3))), read("at 100 ", "import 100 torch").imports());
    }

    @Test
    void aSourceIsTheSameAsLongAsTimeAndSizeAre() throws IOException {
        Path source = Files.writeString(folder.resolve("with blank.py"), "x = 1\n");
        long nanos = Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS);
        ImportRecord record = read("source " + nanos + " 6 " + source);
        assertEquals(List.of(source), List.copyOf(record.sources().keySet()));
        assertTrue(record.sources().get(source).isOf(source));
        Files.setLastModifiedTime(source, FileTime.from(nanos + 1, TimeUnit.NANOSECONDS));
        assertFalse(record.sources().get(source).isOf(source));
        Files.delete(source);
        assertFalse(record.sources().get(source).isOf(source));
    }

    @Test
    void linesThatMakeNoSenseAreLeftOut() throws IOException {
        assertEquals(new ImportRecord(Map.of(), List.of()), read("", "import", "import x", "import 12", "source 1 2", "what"));
    }

    private ImportRecord read(String... lines) throws IOException {
        return ImportRecord.read(Files.writeString(folder.resolve("record"), "mesh-dev 1 3.11.2 /p\n" + String.join("\n", lines) + "\n"), UP);
    }
}
