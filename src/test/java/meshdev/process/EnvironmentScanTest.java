package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentScanTest {

    @Test
    void anEntryIsFoundByItsBeginningAndTheRestIsTold() throws IOException {
        assertEquals(List.of("orders"), search(Map.of("MARK", "run-1/orders", "OTHER", "x")));
    }

    @Test
    void theTextInsideAnotherEntryIsNotFound() throws IOException {
        assertEquals(List.of(), search(Map.of("OTHER", "MARK=run-1/orders", "XMARK", "run-1/orders")));
    }

    @Test
    void otherRunsAreNotFound() throws IOException {
        assertEquals(List.of(), search(Map.of("MARK", "run-12/orders")));
    }

    @Test
    void aLongEnvironmentIsReadToItsEnd() throws IOException {
        assertEquals(List.of("a b/é"), search(Map.of("A", "x".repeat(50_000), "MARK", "run-1/a b/é", "Z", "x".repeat(50_000))));
    }

    @Test
    void aProcessThatIsGoneHasNoEntries() {
        assertTrue(new EnvironmentScan("MARK=run-1/").among(List.of(0x7fff_fffeL)).isEmpty());
    }

    private static List<String> search(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new EnvironmentScan("MARK=run-1/").among(List.of(process.pid())).stream()
                    .map(EnvironmentScan.Found::rest).toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
