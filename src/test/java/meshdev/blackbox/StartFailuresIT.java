package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents that fail, finish or crash, and what a save does to them. */
final class StartFailuresIT extends BlackBox {

    @Test
    void threeFailedStartsTripTheBreakerAndASaveStartsAtOnce() {
        JournalAgent broken = project.agent("orders").early("print('no database', flush=True)").early("sys.exit(3)");
        project.with(broken);
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("Too many startup attempts (3) in 10s");
        meshDev.await("orders: waiting for a change");
        assertEquals(1, meshDev.count("mesh-dev | The last lines of orders:"));
        assertTrue(meshDev.count("exit code 3") >= 3, meshDev::output);
        project.assertNoStart("orders", 3);
        long saved = System.nanoTime();
        project.with(project.agent("orders").version(2));
        journal().awaitReady("orders", 1);
        assertTrue(System.nanoTime() - saved < 3_000_000_000L, "at once");
        assertEquals(4, journal().starts("orders").size());
        assertTrue(project.log().contains("Too many startup attempts (3) in 10s"), project.log());
    }

    @Test
    void theOtherAgentsLiveOnWhenOneTrips() {
        project.with(project.agent("pricing"), project.agent("orders").early("sys.exit(3)"));
        MeshDev meshDev = project.startReady("pricing");
        meshDev.await("orders: waiting for a change");
        assertEquals(1, journal().starts("pricing").size());
        assertEquals("pricing 1", TestProject.ask(journal().lastPort("pricing")));
    }

    @Test
    void fiveGoodSavesInTenSecondsNeverTripTheBreaker() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        for (int save = 1; save <= 5; save++) {
            project.with(agent.version(save + 1));
            meshDev.awaitReloads("orders", save);
        }
        assertEquals(6, journal().starts("orders").size());
        assertEquals(0, meshDev.count("Too many") + meshDev.count("failed to start"), meshDev::output);
        assertEquals("orders 6", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void aSyntaxErrorIsShownAndItsFixRuns() {
        JournalAgent agent = project.agent("orders");
        project.with(agent, project.agent("pricing"));
        MeshDev meshDev = project.startReady("orders", "pricing");
        project.write("agents/orders.py", "def (\n");
        meshDev.await("SyntaxError");
        project.with(agent.version(2));
        Patience.until("the fixed version runs",
                () -> journal().lastStart("orders").sha().equals(TestProject.sha(agent.file())), meshDev::output);
        journal().awaitReady("orders", 2);
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void exitZeroIsFinishedUntilASave() {
        project.with(project.agent("orders").early("sys.exit(0)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders finished (exit code 0); a save starts it again");
        project.assertNoStart("orders", 1);
        assertTrue(meshDev.isAlive());
        project.with(project.agent("orders").version(2));
        meshDev.await("orders in ");
        assertEquals(2, journal().starts("orders").size());
    }

    @Test
    void aCrashAfterReadyIsRespawnedOnTheSamePort() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        meshDev.await("orders ended unasked");
        meshDev.await("| orders ready on :", 2);
        List<Integer> ports = journal().ports("orders");
        assertEquals(ports.get(0), ports.get(1));
        assertEquals(2, journal().starts("orders").size());
        assertEquals(0, meshDev.count("Reload completed"), "a respawn is no reload");
    }

    @Test
    void aFileDeletedForAWhileKeepsItsAgentAndReloadsItWhenItIsBack() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("rm agents/orders.py");
        meshDev.await("orders lost its file");
        project.assertNoStart("orders", 1);
        assertEquals("orders 1", TestProject.ask(journal().lastPort("orders")));
        project.with(agent.version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(2, journal().starts("orders").size());
    }

    @Test
    void aSaveDuringABackOffStartsAtOnceAndEndsTheRowOfFailures() {
        JournalAgent broken = project.agent("orders").early("sys.exit(3)");
        project.with(broken);
        MeshDev meshDev = project.launch("start", "agents/").run();
        for (int version = 2; version <= 4; version++) {
            int row = version - 1;
            meshDev.await("attempt 1 of 3", row);
            journal().awaitStarts("orders", row);
            project.with(broken.version(version));
            Patience.until("version " + version + " was tried", () -> journal().lastStart("orders").sha()
                    .equals(TestProject.sha(broken.file())), meshDev::output);
        }
        project.with(project.agent("orders").version(5));
        journal().awaitReady("orders", 1);
        assertEquals(0, meshDev.count("Too many"), meshDev::output);
    }

    @Test
    void exitZeroAfterBeingReadyIsFinishedToo() {
        project.with(project.agent("orders").late("time.sleep(0.8); os._exit(0)"));
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("orders finished (exit code 0)");
        project.assertNoStart("orders", 1);
    }

    @Test
    void crashesAfterReadyAreRespawnedMoreAndMoreSlowlyAndNeverTripTheBreaker() {
        project.with(project.agent("orders").late("time.sleep(0.8); os._exit(1)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("restarting in 500 ms");
        meshDev.await("restarting in 1 s");
        meshDev.await("restarting in 2 s");
        journal().awaitStarts("orders", 4);
        assertEquals(0, meshDev.count("Too many") + meshDev.count("failed to start"), meshDev::output);
    }

    @Test
    void aFileThatNobodyClaimsStartsATrippedAgentToo() {
        project.with(project.agent("orders").early("import lib.broken")).write("lib/broken.py", "raise SystemExit(4)\n");
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("waiting for a change");
        project.write("lib/broken.py", "\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals(4, journal().starts("orders").size());
    }
}
