package meshdev.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the benchmark that only compute: statistics, tables, the plot, what is read from lines. */
final class BenchPartsTest {
    @TempDir
    Path scratch;

    @Test
    void computeWhatTheirOwnTestsSay() throws Exception {
        Path told = scratch.resolve("told");
        ProcessBuilder tests = new ProcessBuilder("python3", "-B", "-m", "unittest")
                .directory(Path.of("src/bench").toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile());
        Process process = tests.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        String text = Files.readString(told);
        assertEquals(0, process.exitValue(), text);
        assertTrue(text.contains("Ran ") && !text.contains("Ran 0 tests"), text);
    }
}
