package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import meshdev.blackbox.MeshDev;
import meshdev.blackbox.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The registry goes away under its agents. Measures times, so nothing runs beside it. */
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
final class RegistryLostIT extends RealMesh {
    private static final Duration BACK = Duration.ofSeconds(3);
    private static final Duration HEALTHY = Duration.ofSeconds(30);
    /** Much less than the 20 s after which a registry notices that an agent is dead. */
    private static final Duration TAKEN_LEAVE = Duration.ofSeconds(10);

    @Test
    void aRegistryProgramThatIsKilledIsBackWithin3SecondsWhileAnEmbeddedOneHasNone() {
        MeshDev meshDev = startShop(RegistryKind.REAL);
        List<String> before = healthy();
        long killed = registryPrograms().get(0).pid();
        try (HealthWatch watch = new HealthWatch(registryUrl)) {
            MeshDev.signal("KILL", killed);
            Patience.until("another registry program",
                    () -> registryPrograms().stream().anyMatch(one -> one.pid() != killed), meshDev::output);
            assertIsBack(watch, before, meshDev);
        }
        assertNotEquals(killed, registryPrograms().get(0).pid());
    }

    @ParameterizedTest
    @EnumSource
    void whenTheMeshDevThatHasTheRegistryIsKilledAnotherTakesItOver(RegistryKind kind) {
        kind.putInto(project);
        writeShop();
        writeClock();
        MeshDev owner = ready(launch("agents/clock.py"), "clock");
        MeshDev other = ready(launch("agents/provider.py", "agents/consumer.py"), "provider", "consumer");
        awaitAnswer(other, "get_offer", answer(1));
        assertRegistryIs(kind);
        List<String> before = healthy();
        try (HealthWatch watch = new HealthWatch(registryUrl)) {
            killWithItsRegistry(owner, watch, other);
            assertIsBack(watch, before, other);
        }
        assertRegistryIs(kind);
        awaitGuardianOf(owner, other);
    }

    /** They take leave before the registry ends: a database would tell of them for as long as heartbeats may be late. */
    @ParameterizedTest
    @EnumSource
    void theAgentsOfAMeshDevThatIsKilledAreNotServedByTheRegistryOfTheNext(RegistryKind kind) {
        kind.putInto(project);
        writeShop();
        MeshDev owner = ready(launch("agents/provider.py"), "provider");
        MeshDev other = ready(launch("agents/consumer.py"), "consumer");
        awaitAnswer(other, "get_offer", answer(1));
        assertRegistryIs(kind);
        List<String> left = healthy().stream().filter(row -> row.startsWith("consumer")).toList();
        assertEquals(1, left.size());
        try (HealthWatch watch = new HealthWatch(registryUrl)) {
            killWithItsRegistry(owner, watch, other);
        }
        awaitHealthy(TAKEN_LEAVE, left, other);
        assertRegistryIs(kind);
        awaitGuardianOf(owner, other);
    }

    private static void killWithItsRegistry(MeshDev owner, HealthWatch watch, MeshDev other) {
        owner.signal("KILL");
        Patience.until("the registry of " + owner.pid() + " is gone", () -> watch.longestDown().toMillis() > 100, other::output);
    }

    private void awaitGuardianOf(MeshDev killed, MeshDev other) {
        Patience.until("what ends the agents of " + killed.pid() + " is done",
                () -> ours().stream().noneMatch(one -> one.commandLine().contains("guardian.sh " + killed.pid() + "-")), other::output);
    }

    private void assertIsBack(HealthWatch watch, List<String> before, MeshDev meshDev) {
        awaitHealthy(HEALTHY, before, meshDev);
        assertAtMost(BACK, watch.longestDown(), "no registry\n" + meshDev.output());
        awaitAnswer(meshDev, "get_offer", answer(1));
    }
}
