package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When what an agent imported may be imported beforehand for the next run. */
class ImportMemoryTest {
    private static final Path AGENT = Path.of("/p/agents/a.py");
    private static final Path TAX = Path.of("/p/lib/tax.py");

    private final ImportMemory memory = new ImportMemory();

    private static Learned learned(String... modules) {
        return new Learned(Path.of("/r"), Map.of(AGENT, "s1", TAX, "s2"), Stream.of(modules).map(module -> new SlowImport(module, Duration.ofMillis(80 / modules.length))).toList());
    }

    @Test
    void nothingIsUsableBeforeARunWasRecorded() {
        assertTrue(memory.usable().isEmpty());
        memory.launched(true);
        assertTrue(memory.takeRecording());
        assertFalse(memory.takeRecording());
        memory.learn(learned("json"));
        assertEquals(learned("json"), memory.usable().orElseThrow());
    }

    @Test
    void aRunThatIsRecordedReplacesWhatWasKnown() {
        memory.learn(learned("json"));
        memory.launched(false);
        assertTrue(memory.usable().isPresent());
        memory.launched(true);
        assertTrue(memory.usable().isEmpty());
    }

    @Test
    void sourcesWithTheSurfaceTheyHadContradictNothing() {
        memory.learn(learned("json"));
        assertEquals(Optional.empty(), memory.contradiction(Set.of(AGENT, TAX), Map.of(AGENT, "s1", TAX, "s2")));
    }

    @Test
    void anotherSurfaceAnUnknownSourceOrAnotherKindOfFileDoes() {
        memory.learn(learned("json"));
        String changed = "what a.py imports, or does to the process, has changed";
        assertEquals(Optional.of(changed), memory.contradiction(Set.of(AGENT), Map.of(AGENT, "s9")));
        assertEquals(Optional.of(changed), memory.contradiction(Set.of(AGENT), Map.of()));
        Path other = Path.of("/p/lib/new.py");
        assertTrue(memory.contradiction(Set.of(other), Map.of(other, "s1")).isPresent());
        assertEquals(Optional.of("app.yaml changed, which may decide what is imported"),
                memory.contradiction(Set.of(Path.of("/p/config/app.yaml")), Map.of()));
    }

    @Test
    void withoutAnythingLearnedEverySourceIsAContradiction() {
        assertTrue(memory.contradiction(Set.of(AGENT), Map.of(AGENT, "s1")).isPresent());
    }

    @Test
    void whatIsDistrustedStaysSoUntilTheAgentImportsSomethingElse() {
        memory.learn(learned("json", "gevent"));
        memory.distrust("gevent must be imported in the process that uses it");
        assertTrue(memory.usable().isEmpty());
        assertEquals("gevent must be imported in the process that uses it", memory.distrusted().orElseThrow());
        memory.launched(true);
        memory.learn(learned("json", "gevent"));
        assertTrue(memory.usable().isEmpty());
        memory.launched(true);
        memory.learn(learned("json"));
        assertTrue(memory.usable().isPresent());
        assertTrue(memory.distrusted().isEmpty());
    }

    @Test
    void preloadingTakesAsLongAsTheImportsUntilItHasBeenMeasured() {
        assertEquals(Duration.ZERO, memory.warmUp());
        memory.learn(learned("json"));
        assertEquals(Duration.ofMillis(80), memory.warmUp());
        memory.preloaded(Duration.ofMillis(120), 20_000);
        assertEquals(Duration.ofMillis(120), memory.warmUp());
        assertEquals(20_000, memory.kilobytes());
        memory.learn(learned("json"));
        assertEquals(Duration.ofMillis(80), memory.warmUp());
    }
}
