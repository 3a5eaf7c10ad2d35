package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meshdev.process.ProcessName;
import meshdev.registry.RegistryEvent;
import meshdev.registry.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryWordsTest {
    private static final String URL = "http://localhost:8000";
    private static final RegistryEvent.Failure DIED =
            new RegistryEvent.Failure(RegistryEvent.What.PROGRAM, "exit code 1", List.of("no such table"));

    @ParameterizedTest
    @CsvSource({"EXTERNAL, ' (running)'", "PROGRAM, ' (mcp-mesh-registry)'", "EMBEDDED, ' (embedded)'", "NONE, ''",
        "FOREIGN, ' (its port is held by another program)'", "UNREACHABLE, ' (unreachable)'"})
    void theBannerSaysWhoseRegistryItIs(Standing.Kind kind, String words) {
        assertEquals("registry " + URL + words, RegistryWords.of(new Standing(kind, URL, Instant.EPOCH)));
    }

    @Test
    void eachEventHasWords() {
        assertWords("http://localhost:8000 answers, used", new RegistryEvent.Used());
        assertWords("http://localhost:8000 (embedded)", new RegistryEvent.Embedded());
        assertWords("http://localhost:8000 is gone, taking over", new RegistryEvent.TakingOver());
        assertWords("mcp-mesh-registry started on http://localhost:8000 (pid 7, 120 ms)",
                new RegistryEvent.Started(7, Duration.ofMillis(120)));
        assertWords("port 8000 is held by pid 12 (nginx), which is no registry (it answers HTTP 404); agents are told of it all"
                        + " the same; free the port or use --registry-url",
                new RegistryEvent.Foreign(8000, "answers HTTP 404", Optional.of(new ProcessName(12, "nginx"))));
        assertWords("port 8000 is held by another program, which is no registry (it does not answer); agents are told of it all"
                + " the same; free the port or use --registry-url", new RegistryEvent.Foreign(8000, "does not answer", Optional.empty()));
        assertWords("http://localhost:8000 can't be reached (nobody listens); agents start all the same, and register when it"
                + " is back", new RegistryEvent.Unreachable("nobody listens"));
        assertWords("mcp-mesh-registry ended unasked (exit code 1); starting it again", new RegistryEvent.Ended(DIED, Duration.ZERO));
        assertWords("mcp-mesh-registry failed to start (exit code 1); starting it again in 1.5 s",
                new RegistryEvent.StartFailed(DIED, Duration.ofMillis(1500)));
        assertWords("mcp-mesh-registry failed 5 times in a row (exit code 1); the embedded registry is used instead until"
                + " mesh-dev is started again", new RegistryEvent.FellBack(DIED, 5));
        assertWords("mcp-mesh-registry cannot be killed (pid 7); the system keeps it alive", new RegistryEvent.Unkillable(7));
        assertWords("the embedded registry failed to start (Permission denied); starting it again in 500 ms",
                new RegistryEvent.StartFailed(new RegistryEvent.Failure(RegistryEvent.What.EMBEDDED, "Permission denied", List.of()),
                        Duration.ofMillis(500)));
    }

    @Test
    void aNameThatHidesALineIsEscaped() {
        String words = RegistryWords.of(new RegistryEvent.Foreign(1, "x", Optional.of(new ProcessName(1, "a\nmesh-dev | b"))), URL);
        assertFalse(words.contains("\n"), words);
    }

    @Test
    void onlyAFailedStartShowsLastLinesAndIsATrouble() {
        assertEquals(List.of("mcp-mesh-registry | no such table"),
                RegistryWords.lastLines(new RegistryEvent.StartFailed(DIED, Duration.ZERO)));
        assertEquals(1, RegistryWords.lastLines(new RegistryEvent.FellBack(DIED, 5)).size());
        assertEquals(List.of(), RegistryWords.lastLines(new RegistryEvent.Ended(DIED, Duration.ZERO)));
        assertTrue(RegistryWords.isGood(new RegistryEvent.TakingOver()));
        assertFalse(RegistryWords.isGood(new RegistryEvent.Ended(DIED, Duration.ZERO)));
    }

    private static void assertWords(String words, RegistryEvent event) {
        assertEquals("Registry: " + words, RegistryWords.of(event, URL));
    }
}
