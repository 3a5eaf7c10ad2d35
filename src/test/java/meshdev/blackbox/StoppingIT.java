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
    void whoIsWaitedForIsNamedAfterASecondAndWhoWasKilledToo() {
        project.with(project.agent("orders").early(JournalAgent.CHILD_HOLDS_PORT).early(JournalAgent.IGNORE_TERM));
        MeshDev meshDev = project.startReady("orders");
        String child = "pid " + journal().facts("READY", "orders").get(0).get(0) + " (";
        long asked = System.nanoTime();
        project.with(project.agent("orders").version(2));
        MeshDev.Line line = meshDev.await("orders is still stopping: waiting for " + child);
        assertTrue(line.text().contains("(python3 ") && line.text().endsWith("agents/orders.py); killed in 2 s"), line.text());
        assertTrue(line.nanos() - asked < Duration.ofMillis(2500).toNanos(), line.text());
        meshDev.await("orders did not stop in 3 s, killed: " + child);
        meshDev.awaitReloads("orders", 1);
        assertEquals(1, meshDev.count("is still stopping"), meshDev::output);
    }

    @Test
    void aQuitNamesOnceWhoIsWaitedForAndNoOption() {
        project.with(project.agent("orders").stoppingIn("2"), project.agent("pricing")).write(".meshwatch", TestProject.RULES
                + "agents: {orders: {path: agents/orders.py, command: [python3, agents/orders.py, --token=s3cr3t]}}\n");
        MeshDev meshDev = project.startReady("orders", "pricing");
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertEquals(1, meshDev.count("orders is still stopping: waiting for pid " + journal().lastStart("orders").pid()
                + " (python3 agents/orders.py); killed in 9 s"), meshDev::output);
        assertEquals(1, meshDev.count("is still stopping"), meshDev::output);
        assertEquals(0, meshDev.count("s3cr3t") + meshDev.count("killed:"), meshDev::output);
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
    void aChildThatKeepsTheOutputOpenAndCannotBeFoundDelaysNothing() {
        JournalAgent agent = project.agent("orders").early("""
                if os.fork() == 0:
                    os.setsid()
                    note("HIDDEN", NAME, os.getpid())
                    os.execve("/bin/sleep", ["sleep", "30"], {})""");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        Proc hidden = new Proc(Long.parseLong(journal().facts("HIDDEN", "orders").get(0).get(0)));
        project.with(project.agent("orders").version(2));
        long reloading = meshDev.await("Reloading orders").nanos();
        long completed = meshDev.await("Reload completed: orders").nanos();
        assertTrue(Duration.ofNanos(completed - reloading).toMillis() < 10_000, meshDev::output);
        assertTrue(hidden.isAlive(), "or the test shows nothing");
        MeshDev.signal("KILL", hidden.pid());
        Patience.until("nothing is left", () -> !hidden.isAlive(), meshDev::output);
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
