package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A reload runs in an interpreter that was started while the old agent served. */
final class SuccessorIT extends BlackBox {
    private static final String RUNNER = "lib/runner.py";

    @Test
    void aReloadRunsInAnInterpreterThatWaitedAndTheLineTellsItsParts() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        assertFalse(commandOfTheLast("orders").contains(RUNNER), "a first start waits for nobody");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(commandOfTheLast("orders").contains(RUNNER));
        assertTrue(commandOfTheLast("orders").endsWith(project.file("agents/orders.py").toString()), "as ps and pgrep know it");
        String line = meshDev.await("Reload completed: orders").text();
        assertTrue(line.matches(".* in \\d+ ms \\(detect \\d+, quiet \\d+, check \\d+, warm \\d+, stop \\d+, start \\d+, ready \\d+\\)"), line);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void withoutTheRunnerEveryAgentIsAProgramOfItsOwn() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "--no-runner", "agents/").ready("orders");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertFalse(commandOfTheLast("orders").contains(RUNNER));
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void noInterpreterIsLeftWaitingWhenThereIsNothingToRun() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.write("agents/orders.py", "def broken(:\n");
        meshDev.await("waiting for a fix");
        awaitNobodyWaiting(meshDev);
        assertEquals("orders 1", TestProject.ask(journal().lastPort("orders")));
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        awaitNobodyWaiting(meshDev);
        project.shell("rm agents/orders.py");
        meshDev.await("orders lost its file");
        awaitNobodyWaiting(meshDev);
    }

    @Test
    void whatEscapedFromTheOldOneIsEndedAndTheSuccessorIsNot() {
        project.with(project.agent("orders").early(JournalAgent.OWN_SESSION));
        MeshDev meshDev = project.startReady("orders");
        for (int version = 2; version <= 5; version++) {
            project.with(project.agent("orders").early(JournalAgent.OWN_SESSION).version(version));
            meshDev.awaitReloads("orders", version - 1);
            assertEquals("orders " + version, TestProject.ask(journal().lastPort("orders")));
        }
        assertEquals(5, journal().starts("orders").size(), meshDev::output);
        assertEquals(0, meshDev.count("ended unasked"), meshDev::output);
    }

    @Test
    void aSuccessorThatIsEndedFromOutsideCostsNothingButTime() {
        project.with(project.agent("orders"));
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 2000"));
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        Patience.until("an interpreter waits", () -> !waiting().isEmpty(), meshDev::output);
        waiting().forEach(one -> MeshDev.signal("KILL", one.pid()));
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        assertEquals(2, journal().starts("orders").size(), meshDev::output);
    }

    @Test
    void killingMeshDevLeavesNoInterpreterWaiting() {
        project.with(project.agent("orders"));
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 30000"));
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        Patience.until("an interpreter waits", () -> !waiting().isEmpty(), meshDev::output);
        meshDev.signal("KILL");
        meshDev.awaitExit();
        Patience.until("it is gone, and so is the guardian", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream()
                .noneMatch(Proc::isAlive), meshDev::output);
    }

    /** Agents and those that wait to become one, but for the agents that serve. */
    private List<Proc> waiting() {
        List<Long> agents = journal().facts("START", "orders").stream().map(words -> Long.parseLong(words.get(0))).toList();
        return Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream()
                .filter(one -> one.isAlive() && one.commandLine().contains(RUNNER) && !agents.contains(one.pid())).toList();
    }

    private void awaitNobodyWaiting(MeshDev meshDev) {
        Patience.until("nobody waits", () -> waiting().isEmpty(), meshDev::output);
    }

    private String commandOfTheLast(String agent) {
        return new Proc(journal().lastStart(agent).pid()).commandLine();
    }
}
