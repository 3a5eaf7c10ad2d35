package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.python.SlowImport;
import meshdev.supervise.Objection;
import meshdev.supervise.PhaseTime;
import meshdev.supervise.SupervisorEvent;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final ManualClock clock = new ManualClock();
    private final Statistics statistics = new Statistics(clock);

    private void ready(String agent, long pid) {
        statistics.accept(new SupervisorEvent.Ready(agent, OptionalInt.of(9000), pid, Duration.ofMillis(50)));
    }

    private void reloaded(long pid, int total, PhaseTime... phases) {
        statistics.accept(new SupervisorEvent.ReloadCompleted("orders", Duration.ofMillis(total), List.of(phases),
                OptionalInt.empty(), pid));
    }

    private static PhaseTime phase(String name, int millis) {
        return new PhaseTime(name, Duration.ofMillis(millis));
    }

    private Map<String, Object> orders() {
        return statistics.document(Map.of()).stream().filter(one -> one.get("name").equals("orders")).findFirst().orElseThrow();
    }

    private static List<?> list(Map<String, Object> document, String name) {
        return (List<?>) document.get(name);
    }

    private List<?> phaseNames() {
        return list(orders(), "phases").stream().map(phase -> ((Map<?, ?>) phase).get("name")).toList();
    }

    @Test
    void everyAgentOfTheRunIsThereBeforeAnythingHappens() {
        statistics.agents(List.of("pricing", "orders"));
        assertEquals(List.of("pricing", "orders"), statistics.document(Map.of()).stream().map(one -> one.get("name")).toList());
        assertEquals(0L, orders().get("reloads"));
        assertEquals(List.of(), orders().get("phases"));
        assertFalse(orders().containsKey("pid"));
    }

    @Test
    void phasesKeepWhateverNamesAndOrderTheNewestReloadHas() {
        reloaded(1, 90, phase("quiet", 50), phase("stop", 40));
        reloaded(2, 80, phase("detect", 1), phase("quiet", 50), phase("warm", 9), phase("start", 20));
        assertEquals(List.of("detect", "quiet", "warm", "start", "stop", "total"), phaseNames());
        assertEquals("{name=quiet, p50Ms=50.0, p95Ms=50.0, lastMs=50.0, count=2}", list(orders(), "phases").get(1).toString());
        assertEquals("{name=total, p50Ms=80.0, p95Ms=90.0, lastMs=80.0, count=2}", list(orders(), "phases").get(5).toString());
    }

    @Test
    void theLastTimeIsThatOfTheNewestReload() {
        reloaded(1, 10, phase("stop", 10));
        reloaded(2, 30, phase("stop", 30));
        assertTrue(list(orders(), "phases").get(0).toString().contains("lastMs=30.0"), () -> orders().toString());
    }

    @Test
    void whatIsKeptHasABoundAndTheCountHasNone() {
        for (int i = 0; i < 1200; i++) {
            reloaded(i + 1, i, phase("stop", i));
            statistics.wentCold("orders", "reason " + i);
            clock.pass(Duration.ofSeconds(10));
        }
        assertEquals(1200L, orders().get("reloads"));
        assertTrue(list(orders(), "phases").get(0).toString().endsWith("count=500}"), () -> list(orders(), "phases").toString());
        assertEquals(20, list(orders(), "incarnations").size());
        assertEquals(20, list(orders(), "cold").size());
        assertTrue(list(orders(), "cold").get(0).toString().startsWith("{reason=reason 1199, count=1"));
    }

    @Test
    void refusalsCrashesAndFailedStartsAreCounted() {
        ready("orders", 7);
        statistics.accept(new SupervisorEvent.ReloadRefused("orders", new Objection("a syntax error", List.of()), true));
        assertEquals(7L, orders().get("pid"), "it serves on");
        statistics.accept(new SupervisorEvent.Crashed("orders", new ExitStatus(1), Optional.empty()));
        assertFalse(orders().containsKey("pid"));
        assertEquals(1L, orders().get("refused"));
        assertEquals(1L, orders().get("crashes"));
        assertEquals(0L, orders().get("failedStarts"));
    }

    @Test
    void reasonsOfColdReloadsAreCountedWithTheirLastTime() {
        statistics.wentCold("orders", "barrier before x");
        statistics.wentCold("orders", "holds a socket");
        clock.pass(Duration.ofSeconds(5));
        statistics.wentCold("orders", "barrier before x");
        clock.pass(Duration.ofSeconds(7));
        assertEquals("[{reason=barrier before x, count=2, lastSecondsAgo=7}, "
                + "{reason=holds a socket, count=1, lastSecondsAgo=12}]", orders().get("cold").toString());
    }

    @Test
    void theSlowestImportsOfTheNewestStartAreKept() {
        statistics.slowImports("orders", List.of(new SlowImport("old", Duration.ofSeconds(9))));
        statistics.slowImports("orders", List.of(new SlowImport("numpy", Duration.ofMillis(90)),
                new SlowImport("torch", Duration.ofMillis(1260)), new SlowImport("json", Duration.ofMillis(3))));
        assertEquals("[{module=torch, ms=1260.0}, {module=numpy, ms=90.0}]", orders().get("slowImports").toString());
    }

    @Test
    void memoryIsToldOfWhoLivesAndOfStandbysApart() {
        ready("orders", 7);
        statistics.standbys("orders", List.of(8L, 9L));
        assertEquals(Set.of(7L), statistics.living());
        assertEquals(Set.of(8L, 9L), statistics.standbys());
        Map<String, Object> document = statistics.document(Map.of(7L, 100L, 8L, 50L)).get(0);
        assertEquals(100L, document.get("memoryBytes"));
        assertEquals("[{pid=8, memoryBytes=50}, {pid=9}]", document.get("standbys").toString());
        statistics.standbys("orders", List.of());
        statistics.accept(new SupervisorEvent.Stopped("orders"));
        assertEquals(Set.of(), statistics.living());
        assertEquals(Set.of(), statistics.standbys());
        assertEquals(List.of(), orders().get("standbys"));
        assertFalse(orders().containsKey("memoryBytes"));
    }

    @Test
    void aReadyAgentIsMeasuredOnceAndOnlyTheIncarnationThatWasMeant() {
        ready("orders", 7);
        Statistics.Unmeasured first = statistics.unmeasured().get(0);
        assertEquals(new Statistics.Unmeasured("orders", 7, clock.instant()), first);
        reloaded(9, 10);
        statistics.measured(first, OptionalLong.of(100));
        assertEquals("[{pid=7}, {pid=9}]", orders().get("incarnations").toString(), "that one has ended");
        statistics.measured(statistics.unmeasured().get(0), OptionalLong.of(200));
        assertEquals("[{pid=7}, {pid=9, memoryBytes=200}]", orders().get("incarnations").toString());
        assertEquals(List.of(), statistics.unmeasured());
        ready("orders", 9);
        assertEquals(2, list(orders(), "incarnations").size(), "said twice");
    }

    @Test
    void whatCannotBeMeasuredIsNotAskedForAgain() {
        ready("orders", 7);
        statistics.measured(statistics.unmeasured().get(0), OptionalLong.empty());
        assertEquals(List.of(), statistics.unmeasured());
        assertEquals("[{pid=7}]", orders().get("incarnations").toString());
    }

    @Test
    void growthAndTooManyReloadsAreWarnedOf() {
        for (int i = 0; i < 21; i++) {
            reloaded(i + 1, 10);
            statistics.measured(statistics.unmeasured().get(0), OptionalLong.of(1_000_000L * (i + 1)));
            clock.pass(Duration.ofSeconds(2));
        }
        assertEquals(2, list(orders(), "warnings").size());
        assertTrue(list(orders(), "warnings").get(0).toString().startsWith("21 reloads within a minute"));
        assertTrue(list(orders(), "warnings").get(1).toString().startsWith("memory grew"));
    }

    @Test
    void anAgentThatLeftIsForgotten() {
        ready("orders", 7);
        Statistics.Unmeasured due = statistics.unmeasured().get(0);
        statistics.accept(new SupervisorEvent.Left("orders"));
        statistics.measured(due, OptionalLong.of(1));
        assertEquals(List.of(), statistics.document(Map.of()));
    }
}
