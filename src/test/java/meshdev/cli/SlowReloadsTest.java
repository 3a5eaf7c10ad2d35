package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import meshdev.config.Strategy;
import meshdev.python.SlowImport;
import meshdev.supervise.PhaseTime;
import meshdev.supervise.SupervisorEvent;
import org.junit.jupiter.api.Test;

/** A reload of more than five seconds is explained by its imports. */
class SlowReloadsTest {
    private static final List<SlowImport> IMPORTS = List.of(new SlowImport("torch", Duration.ofMillis(4200)),
            new SlowImport("pandas", Duration.ofMillis(100)), new SlowImport("json", Duration.ofMillis(99)));

    private final List<String> said = new ArrayList<>();
    private final SlowReloads slow = new SlowReloads(Strategy.RESTART, said::add);

    private static SupervisorEvent reload(Duration took) {
        return new SupervisorEvent.ReloadCompleted("orders", took, List.of(), OptionalInt.empty(), 1);
    }

    @Test
    void theSlowestImportsAreNamedOnceWithTheirTimesAndTheRemedy() {
        slow.heard(reload(Duration.ofMillis(5001)));
        slow.imported("orders", IMPORTS);
        slow.imported("orders", IMPORTS);
        assertEquals(List.of("slowest imports of orders: torch 4200 ms, pandas 100 ms;"
                + " --strategy refresh imports installed packages before the old process ends"), said);
    }

    @Test
    void withRefreshThereIsNoRemedyLeftToName() {
        SlowReloads refreshing = new SlowReloads(Strategy.REFRESH, said::add);
        refreshing.heard(reload(Duration.ofSeconds(6)));
        refreshing.imported("orders", IMPORTS);
        assertEquals(List.of("slowest imports of orders: torch 4200 ms, pandas 100 ms"), said);
    }

    @Test
    void importsThatAreKnownBeforeTheReloadIsToldExplainItToo() {
        slow.heard(new SupervisorEvent.Reloading("orders", "agents/orders.py changed"));
        slow.imported("orders", IMPORTS);
        slow.heard(reload(Duration.ofSeconds(6)));
        assertEquals(1, said.size());
    }

    @Test
    void waitingForTheRegistryIsNoImport() {
        slow.imported("orders", IMPORTS);
        slow.heard(new SupervisorEvent.ReloadCompleted("orders", Duration.ofSeconds(9),
                List.of(new PhaseTime("registered", Duration.ofSeconds(5))), OptionalInt.empty(), 1));
        assertEquals(List.of(), said);
    }

    @Test
    void fiveSecondsAreNotSlowAndQuickImportsExplainNothing() {
        slow.heard(reload(Duration.ofSeconds(5)));
        slow.imported("orders", IMPORTS);
        slow.heard(new SupervisorEvent.Reloading("orders", "agents/orders.py changed"));
        slow.heard(reload(Duration.ofSeconds(6)));
        slow.imported("pricing", IMPORTS);
        slow.imported("orders", List.of(new SlowImport("json", Duration.ofMillis(3))));
        assertEquals(List.of(), said);
    }
}
