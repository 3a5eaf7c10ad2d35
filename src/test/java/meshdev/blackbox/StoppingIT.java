package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Agents that do not want to go, and children that stay behind. */
final class StoppingIT extends BlackBox {

    @Test
    void anAgentThatIgnoresTermIsKilledAfterTheGraceAndTheLogSaysSo() {
        project.with(project.agent("orders").early(JournalAgent.IGNORE_TERM));
        MeshDev meshDev = project.launch("start", "agents/", "--stop-timeout", "500ms").ready("orders");
        project.with(project.agent("orders").version(2));
        meshDev.await("orders did not stop in 500 ms, killed");
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        assertTrue(project.log().contains("did not stop in 500 ms, killed"), project.log());
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void theGraceOfAReloadIsThreeSecondsUnlessSaidOtherwise() {
        project.with(project.agent("orders").early(JournalAgent.IGNORE_TERM));
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        long reloading = meshDev.await("Reloading orders").nanos();
        long killed = meshDev.await("orders did not stop in 3 s, killed").nanos();
        assertTrue(Duration.ofNanos(killed - reloading).toMillis() >= 2800, meshDev::output);
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void aChildThatHoldsThePortGoesWithItsGroup() {
        JournalAgent forking = project.agent("orders").early(JournalAgent.CHILD_HOLDS_PORT);
        project.with(forking);
        MeshDev meshDev = project.startReady("orders");
        long child = Long.parseLong(journal().facts("READY", "orders").get(0).get(0));
        project.with(forking.version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(false, new Proc(child).isAlive(), "the old child");
        assertEquals(2, journal().starts("orders").size(), "at first try");
        assertEquals(1, journal().ports("orders").stream().distinct().count());
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void aChildThatIgnoresTermAndOutlivesItsParentGoesToo() {
        JournalAgent forking = project.agent("orders").early(JournalAgent.CHILD_HOLDS_PORT).early(JournalAgent.IGNORE_TERM);
        project.with(forking);
        MeshDev meshDev = project.launch("start", "agents/", "--stop-timeout", "500ms").ready("orders");
        project.with(forking.version(2));
        meshDev.awaitReloads("orders", 1);
        meshDev.await("orders did not stop in 500 ms, killed");
        assertEquals(1, journal().ports("orders").stream().distinct().count());
    }

    @Test
    void aChildThatKeepsTheOutputOpenDelaysNothing() {
        JournalAgent agent = project.agent("orders").early("""
                if os.fork() == 0:
                    os.setsid()
                    time.sleep(4)
                    os._exit(0)""");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        long reloading = meshDev.await("Reloading orders").nanos();
        meshDev.awaitReloads("orders", 1);
        long completed = meshDev.await("Reload completed: orders").nanos();
        assertTrue(Duration.ofNanos(completed - reloading).toMillis() < 3500, meshDev::output);
        Patience.until("the escaped child ends by itself",
                () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home()).size() <= 2, meshDev::output);
    }

    @Test
    void aStoppedAgentIsWokenToEnd() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev meshDev = project.startReady("orders");
        MeshDev.signal("STOP", journal().lastStart("orders").pid());
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(java.util.List.of("SIGTERM"), journal().signals("orders"));
        assertEquals(0, meshDev.count("killed"), meshDev::output);
    }

    @Test
    void aReloadThatWasSlowToStopEndsWithMeshDevAndNothingIsStartedAfterwards() {
        JournalAgent agent = project.agent("orders").stoppingIn("1");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.with(agent.version(2));
        Patience.until("it stops", () -> journal().facts("STOPPING", "orders").size() == 1, meshDev::output);
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertEquals(1, journal().starts("orders").size());
    }
}
