package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import meshdev.python.SlowImport;
import meshdev.report.Statistics;
import meshdev.supervise.PhaseTime;
import meshdev.supervise.SupervisorEvent;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    private static final long MB = 1024 * 1024;
    private final Statistics statistics = new Statistics(() -> Instant.EPOCH);

    private Map<String, Object> document() {
        Map<String, Object> supervisor = new LinkedHashMap<>();
        supervisor.put("pid", 42L);
        supervisor.put("memoryBytes", 31 * MB);
        supervisor.put("agentsMemoryBytes", 18 * MB);
        supervisor.put("standbysMemoryBytes", 0L);
        supervisor.put("standbyBudgetBytes", 256 * MB);
        return StatsDocument.merged(Path.of("/shop"), List.of(Map.of("version", 1L, "supervisor", supervisor,
                "agents", statistics.document(Map.of(7L, 18 * MB)))));
    }

    private void reload() {
        statistics.accept(new SupervisorEvent.ReloadCompleted("orders", Duration.ofMillis(612),
                List.of(new PhaseTime("quiet", Duration.ofMillis(500)), new PhaseTime("check", Duration.ofNanos(4_420_000))),
                OptionalInt.empty(), 7));
    }

    @Test
    void anAgentIsABlockAndEachSupervisorAnother() {
        statistics.agents(List.of("pricing"));
        reload();
        assertEquals("""
                pricing: 0 reloads
                  not ready

                orders: 1 reload, 1 in the last minute
                  pid 7, ready for 0 s, memory 18.0 MB
                  ms              p50      p95     last
                  quiet           500      500      500
                  check           4.4      4.4      4.4
                  total           612      612      612

                mesh-dev: pid 42, with its helpers memory 31.0 MB
                  its agents 18.0 MB, standbys 0.0 MB of 256.0 MB allowed
                """, StatsText.of(document(), false));
    }

    @Test
    void noRowIsWiderThanATerminalAndNothingOfOthersIsObeyed() {
        reload();
        statistics.slowImports("orders", List.of(new SlowImport("evil\u001b[2J", Duration.ofMillis(700))));
        statistics.wentCold("orders", "a long reason ".repeat(20).strip());
        for (int i = 0; i < 30; i++) {
            reload();
        }
        String text = StatsText.of(document(), false);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertTrue(text.contains("warning: 31 reloads within a minute"), text);
        assertTrue(text.contains("slow import: evil\\x1b[2J 700 ms"), text);
        assertFalse(text.contains("\u001b"), text);
        assertTrue(StatsText.of(document(), true).contains("\u001b[1morders\u001b[0m: 31 reloads"));
    }

    @Test
    void someAgentsCanBePickedAndEachTellsItsSupervisor() {
        statistics.agents(List.of("pricing", "orders"));
        Map<String, Object> only = StatsDocument.only(document(), Set.of("orders"));
        assertEquals(Set.of("orders"), StatsDocument.names(only));
        assertEquals(42L, StatsDocument.maps(only.get("agents")).get(0).get("supervisor"));
        assertEquals(Set.of("pricing", "orders"), StatsDocument.names(document()));
    }
}
