package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** mesh-dev is killed and can do nothing any more: its agents end all the same. */
final class KilledIT extends BlackBox {
    /** The agents' grace, what escaped from their groups, and a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    @Test
    void nothingOutlivesAMeshDevThatIsKilled() {
        project.with(project.agent("plain"), project.agent("deaf").early(JournalAgent.IGNORE_TERM),
                project.agent("parent").early(JournalAgent.CHILD_HOLDS_PORT),
                project.agent("daemon").early(JournalAgent.DOUBLE_FORK));
        MeshDev meshDev = project.startReady("plain", "deaf", "parent", "daemon");
        assertTrue(running().size() > 7, () -> running().toString()); // four, two children, mesh-dev and its guardian
        meshDev.signal("KILL");
        awaitNothingRuns(LIMIT);
        meshDev.awaitExit();
        assertTrue(meshDev.text(true).contains("is gone without having stopped its agents"), meshDev::output);
        assertTrue(project.log().contains("is gone without having stopped its agents"), project::log);
    }

    @Test
    void killedWithItsWholeProcessGroupItsAgentsStillEnd() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/").inOwnGroup().ready("orders");
        project.shell("python3 -c 'import os,signal,sys; os.killpg(int(sys.argv[1]), signal.SIGKILL)' $1",
                Long.toString(meshDev.pid()));
        awaitNothingRuns(LIMIT);
    }

    @Test
    void eachAgentIsAskedOnceAndThenHasItsGrace() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS), project.agent("slow").stoppingIn("1"));
        MeshDev meshDev = project.startReady("orders", "slow");
        meshDev.signal("KILL");
        awaitNothingRuns(LIMIT);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
        assertEquals(1, journal().facts("STOPPING", "slow").size());
    }

    @Test
    void theStopTimeoutAndSignalOfAnAgentHoldForItsEndWithoutMeshDevToo() {
        project.write(".meshwatch", TestProject.RULES + "agents: {orders: {stop_signal: INT, stop_timeout: 300ms}}\nstop_timeout: 30s\n");
        project.with(project.agent("orders").early("signal.signal(signal.SIGTERM, signal.SIG_IGN)")
                .early("signal.signal(signal.SIGINT, lambda *a: note('SIGNAL', NAME, me, 'SIGINT'))"));
        MeshDev meshDev = project.startReady("orders");
        long killed = System.nanoTime();
        meshDev.signal("KILL");
        awaitNothingRuns(LIMIT);
        assertTrue(Duration.ofNanos(System.nanoTime() - killed).toMillis() < 8000, "took the usual grace");
        assertEquals(List.of("SIGINT"), journal().signals("orders"));
    }

    @Test
    void anAgentThatWasReloadedIsGuardedAsItIsNow() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        meshDev.signal("KILL");
        awaitNothingRuns(LIMIT);
    }

    @Test
    void aGuardianThatIsEndedIsReplaced() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        Proc first = guardian();
        MeshDev.signal("KILL", first.pid());
        Patience.until("another guardian", () -> guardians().stream().anyMatch(one -> one.pid() != first.pid()), meshDev::output);
        Patience.until("it knows its agents", () -> guardian().descriptors().stream().anyMatch(one -> one.startsWith("pipe:")),
                meshDev::output);
        meshDev.signal("KILL");
        awaitNothingRuns(LIMIT);
    }

    @Test
    void whatBothLeftBehindIsNamedAndEndedBeforeTheNextStart() {
        project.with(project.agent("orders").early(JournalAgent.DOUBLE_FORK), project.agent("pricing"));
        MeshDev first = project.startReady("orders", "pricing");
        long orders = journal().lastStart("orders").pid();
        MeshDev.signal("KILL", guardian().pid());
        first.signal("KILL");
        first.awaitExit();
        assertTrue(running().size() >= 3, () -> running().toString());
        MeshDev second = project.startReady("orders");
        String found = second.await("An earlier mesh-dev died and left behind: ").text();
        assertTrue(found.contains("orders (pid " + orders + ", "), found);
        assertTrue(found.contains("pricing (pid "), found);
        journal().assertNeverTwoAtOnce("orders");
        journal().assertNeverTwoAtOnce("pricing");
        // mesh-dev, guardian; orders, its child, pricing; what one of them is about to start has no name of its own yet
        Patience.until("only these run", () -> running().stream().filter(one -> !one.commandLine().contains("/lib/inspector.py")).count() == 2 + 3,
                () -> running().toString());
    }

    @Test
    void theAgentsOfAnotherMeshDevThatLivesAreNoLeftovers() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev first = project.launch("start", "agents/orders.py").ready("orders");
        MeshDev second = project.launch("start", "agents/pricing.py").ready("pricing");
        MeshDev.signal("KILL", guardianOf(second).pid());
        second.signal("KILL");
        second.awaitExit();
        MeshDev third = project.launch("start", "agents/pricing.py").ready("pricing");
        third.await("left behind: pricing (pid ");
        assertEquals(1, journal().starts("orders").size());
        assertTrue(new Proc(journal().lastStart("orders").pid()).isAlive());
        assertTrue(first.isAlive());
    }

    @Test
    void afterAnEndInOrderNothingIsLookedFor() {
        project.with(project.agent("orders"));
        MeshDev first = project.startReady("orders");
        Path lock = onlyLock();
        assertTrue(lock.toFile().length() > 0, "names its owner while it runs");
        first.signal("TERM");
        first.awaitExit();
        assertEquals(0, lock.toFile().length(), "the next start need not look for anything");
        assertTrue(running().stream().noneMatch(one -> one.commandLine().contains("guardian.sh " + first.pid() + "-")));
    }

    private Path onlyLock() {
        File[] locks = project.home().resolve("run").toFile().listFiles((folder, name) -> name.endsWith(".lock"));
        assertEquals(1, locks.length);
        return locks[0].toPath();
    }

    private List<Proc> running() {
        return Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream().filter(Proc::isAlive).toList();
    }

    private void awaitNothingRuns(Duration limit) {
        Patience.until("nothing runs", limit, () -> running().isEmpty(),
                () -> running().stream().map(one -> one.pid() + " " + one.commandLine()).toList() + "\n" + project.log());
    }

    private List<Proc> guardians() {
        return running().stream().filter(one -> one.commandLine().contains("guardian.sh")).toList();
    }

    private Proc guardian() {
        return guardians().get(0);
    }

    private Proc guardianOf(MeshDev meshDev) {
        return guardians().stream().filter(one -> one.commandLine().contains("guardian.sh " + meshDev.pid() + "-"))
                .findFirst().orElseThrow();
    }
}
