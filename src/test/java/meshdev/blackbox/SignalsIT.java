package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How mesh-dev ends, and that its agents end with it. */
final class SignalsIT extends BlackBox {
    private static final long INT_BIT = 1L << 1;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aSignalEndsEveryAgentWithExactlyOneTerm(String signal, int exitCode) {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS),
                project.agent("pricing").early(JournalAgent.NOTE_SIGNALS));
        MeshDev meshDev = project.startReady("orders", "pricing");
        meshDev.signal(signal);
        assertEquals(exitCode, meshDev.awaitExit());
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
        assertEquals(List.of("SIGTERM"), journal().signals("pricing"));
        assertEquals(1, meshDev.count("Stopping 2 agents"));
    }

    @Test
    void ctrlCOfATerminalReachesAgentsOnlyThroughMeshDev() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev meshDev = project.launch("start", "agents/").inOwnGroup().ready("orders");
        project.shell("python3 -c 'import os,signal,sys; os.killpg(int(sys.argv[1]), signal.SIGINT)' $1",
                Long.toString(meshDev.pid()));
        assertEquals(130, meshDev.awaitExit());
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
    }

    @Test
    void aSecondCtrlCKillsAtOnce() {
        project.with(project.agent("orders").early(JournalAgent.IGNORE_TERM));
        MeshDev meshDev = project.startReady("orders");
        meshDev.signal("INT");
        meshDev.await("Stopping 1 agent");
        Patience.staysFor("the two are no one wish", Duration.ofMillis(300), meshDev::isAlive, meshDev::output);
        long second = System.nanoTime();
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
        assertTrue(Duration.ofNanos(System.nanoTime() - second).toMillis() < 2000, meshDev::output);
        meshDev.await("Killing what is left");
    }

    @Test
    void agentsThatStopSlowlyStopSideBySide() {
        for (String name : List.of("a1", "a2", "a3", "a4")) {
            project.with(project.agent(name).stoppingIn("1"));
        }
        MeshDev meshDev = project.startReady("a1", "a2", "a3", "a4");
        long asked = System.nanoTime();
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertTrue(Duration.ofNanos(System.nanoTime() - asked).toMillis() < 3000, meshDev::output);
    }

    @Test
    void ctrlCInAPipelineLetsAgentsStopAlthoughTheReaderIsGone() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev script = project.launch().script("bash", "mesh-dev start agents/ | tee out.log").inOwnGroup().ready("orders");
        project.shell("python3 -c 'import os,signal,sys; os.killpg(int(sys.argv[1]), signal.SIGINT)' $1",
                Long.toString(script.pid()));
        script.awaitExit();
        Patience.until("mesh-dev ends", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home()).isEmpty(), script::output);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
        assertFalse(project.log().contains("Killing"), project::log);
    }

    @Test
    void endedByTheTimeoutCommandAgentsStillStopByThemselves() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev timeout = project.launch().script("sh", "exec timeout 3 mesh-dev start agents/").inOwnGroup().ready("orders");
        timeout.awaitExit();
        Patience.until("mesh-dev ends", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home()).isEmpty(), timeout::output);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
    }

    @Test
    void whenNobodyReadsTheOutputAgentsAreStoppedAndTheCodeIs141() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev script = project.launch().script("bash",
                "mesh-dev start agents/ | head -1; echo \"code ${PIPESTATUS[0]}\"").run();
        script.await("code 141");
        assertEquals(0, script.awaitExit());
    }

    @Test
    void startedInTheBackgroundOfAScriptSigintStillEndsItAndAgentsDoNotIgnoreIt() {
        project.with(project.agent("orders"));
        MeshDev script = project.launch().script("sh", "mesh-dev start agents/ & echo \"pid $!\"; wait $!; echo \"code $?\"")
                .ready("orders");
        long pid = Long.parseLong(script.await("pid ").text().substring(4));
        assertEquals(0, new Proc(journal().lastStart("orders").pid()).ignoredSignals() & INT_BIT, "SIGINT in the agent");
        project.shell("touch agents/orders.py");
        script.awaitReloads("orders", 1);
        assertEquals(0, new Proc(journal().lastStart("orders").pid()).ignoredSignals() & INT_BIT, "after a reload");
        MeshDev.signal("INT", pid);
        script.await("code 130");
        script.awaitExit();
    }

    @Test
    void agentsIgnoreNothingButWhatPythonItselfIgnores() {
        project.with(project.agent("orders"));
        project.startReady("orders");
        long pythons = 1L << 12 | 1L << 24; // SIGPIPE and SIGXFSZ, which Python itself ignores
        long standard = (1L << 31) - 1; // the C library has the next two for itself
        assertEquals(0, new Proc(journal().lastStart("orders").pid()).ignoredSignals() & ~pythons & standard);
    }

    @Test
    void underNohupAHangUpEndsNothing() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch().script("sh", "exec nohup mesh-dev start agents/").ready("orders");
        meshDev.signal("HUP");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertTrue(meshDev.isAlive());
    }

    @Test
    void aSignalWhileAgentsAreStartingEndsThemToo() {
        project.with(project.agent("orders").early("time.sleep(30)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        journal().awaitStarts("orders", 1);
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
    }

    @Test
    void aSignalAtAnyMomentOfAStartLeavesNothing() {
        project.with(project.agent("orders"));
        for (int delay = 0; delay < 24; delay += 2) {
            MeshDev meshDev = project.launch("start", "agents/").run();
            meshDev.await("1 agent");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
            meshDev.signal("TERM");
            assertEquals(143, meshDev.awaitExit());
            assertEquals("", Orphans.end("MCP_MESH_HOME=" + project.home()), meshDev::ending);
        }
    }

    @Test
    void aSignalWhileAFailedAgentWaitsEndsAtOnce() {
        project.with(project.agent("orders").early("sys.exit(3)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("waiting for a change");
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit(Duration.ofSeconds(5)));
    }
}
