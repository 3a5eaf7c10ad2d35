package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import meshdev.process.MemoryUse;
import meshdev.report.Statistics;
import org.junit.jupiter.api.Test;

class MemorySamplingTest {
    private Instant now = Instant.EPOCH;
    private final List<Set<Long>> asked = new ArrayList<>();
    private final Statistics statistics = new Statistics(() -> now);
    private final MemorySampling sampling = new MemorySampling(statistics, this::read, () -> now);

    private MemoryUse read(Set<Long> pids) {
        asked.add(pids);
        Map<Long, Long> bytes = new HashMap<>();
        pids.forEach(pid -> bytes.put(pid, 100 * pid));
        return new MemoryUse(bytes, OptionalLong.empty());
    }

    private void pass(int millis) {
        now = now.plusMillis(millis);
    }

    @Test
    void nobodyIsReadWhileNobodyIsDue() {
        assertEquals(Duration.ofSeconds(10), sampling.turn());
        statistics.incarnation("orders", 1);
        pass(4000);
        assertEquals(Duration.ofSeconds(6), sampling.turn());
        assertEquals(List.of(), asked);
    }

    @Test
    void whoeverGetsReadyDuringAPauseIsNotDueBeforeItsEnd() {
        sampling.turn();
        pass(1);
        statistics.incarnation("orders", 1);
        pass(9999);
        assertEquals(Duration.ofSeconds(10), sampling.turn());
        assertEquals(List.of(Set.of(1L)), asked);
    }

    @Test
    void whatIsDueAtAboutTheSameTimeIsReadAtOnceAndEachOnce() {
        statistics.incarnation("a", 1);
        pass(200);
        statistics.incarnation("b", 2);
        pass(3000);
        statistics.incarnation("c", 3);
        pass(6800);
        assertEquals(Duration.ofMillis(3200), sampling.turn());
        pass(3200);
        assertEquals(Duration.ofSeconds(10), sampling.turn());
        assertEquals(List.of(Set.of(1L, 2L), Set.of(3L)), asked);
        assertEquals("[{pid=2, memoryBytes=200}]", statistics.document(Map.of()).get(1).get("incarnations").toString());
    }
}
