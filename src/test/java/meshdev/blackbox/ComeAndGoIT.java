package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that appear, disappear and change their names while others run. */
final class ComeAndGoIT extends BlackBox {
    private MeshDev startTwo() {
        project.with(project.agent("orders"), project.agent("pricing"));
        return project.startReady("orders", "pricing");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void aNewAgentIsStartedOnceAndDisturbsNobody() {
        MeshDev meshDev = startTwo();
        project.with(project.agent("clock"));
        meshDev.await("New agent: clock (agents/clock.py)");
        meshDev.await("| clock ready on :");
        project.assertNoStart("orders", 1);
        assertEquals(1, journal().starts("clock").size());
        assertEquals(1, journal().starts("pricing").size());
        project.with(project.agent("clock").version(2));
        meshDev.awaitReloads("clock", 1);
        assertEquals("clock 2", TestProject.ask(journal().lastPort("clock")));
    }

    @Test
    void aFileThatIsMadeEmptyAndFilledLaterBecomesAnAgentThen() {
        MeshDev meshDev = startTwo();
        project.write("agents/clock.py", "");
        meshDev.await("Changed, no agent imports it: agents/clock.py");
        project.with(project.agent("clock"));
        meshDev.await("| clock ready on :");
        project.assertNoStart("orders", 1);
    }

    @Test
    void aPlainModuleBecomesAnAgentByAnEditAndStaysOneWithoutItsGuard() {
        project.write("agents/clock.py", "x = 1\n");
        MeshDev meshDev = startTwo();
        project.with(project.agent("clock"));
        meshDev.await("| clock ready on :");
        project.write("agents/clock.py", "x = 2\n");
        meshDev.await("clock finished");
        project.with(project.agent("clock").version(3));
        journal().awaitReady("clock", 2);
        project.assertNoStart("orders", 1);
    }

    @Test
    void aFolderWithAnEntryPointIsANewAgent() {
        MeshDev meshDev = startTwo();
        project.with(project.agent("clock", "agents/clock/main.py"));
        meshDev.await("New agent: clock (agents/clock/main.py)");
        meshDev.await("| clock ready on :");
        project.assertNoStart("orders", 1);
    }

    @Test
    void aRenamedAgentIsStoppedAndOnlyThenStartedUnderItsNewName() {
        project.with(project.agent("orders").stoppingIn("0.5"));
        project.with(project.agent("pricing"));
        MeshDev meshDev = project.startReady("orders", "pricing");
        project.shell("mv agents/orders.py agents/sales.py");
        meshDev.await("orders is renamed: sales (agents/sales.py) takes its place");
        meshDev.await("orders has stopped");
        meshDev.await("| sales ready on :");
        assertFalse(alive(journal().starts("orders").get(0).pid()));
        journal().assertNeverTwoAtOnce("orders");
        assertEquals(0, meshDev.count("lost its file"), meshDev::output);
        project.assertNoStart("pricing", 1);
        project.shell("mv agents/sales.py agents/orders.py");
        meshDev.await("sales is renamed: orders");
        meshDev.await("| orders ready on :", 2);
    }

    @Test
    void aRenameAfterAnAtomicSaveIsStillOne() {
        MeshDev meshDev = startTwo();
        project.shell("cp agents/orders.py t; echo '# more' >> t; mv t agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        project.shell("mv agents/orders.py agents/sales.py");
        meshDev.await("orders is renamed: sales");
    }

    @Test
    void anAgentThatIsMovedOverAModuleIsStillARename() {
        project.write("agents/sales.py", "x = 1\n");
        MeshDev meshDev = startTwo();
        project.write("agents/sales.py", "x = 2\n");
        meshDev.await("Changed, no agent imports it: agents/sales.py");
        project.shell("mv agents/orders.py agents/sales.py");
        meshDev.await("orders is renamed: sales");
        meshDev.await("| sales ready on :");
    }

    @Test
    void aDeletedAgentRunsOnAndIsReloadedOnceWhenItIsBack() {
        MeshDev meshDev = startTwo();
        project.shell("rm agents/orders.py");
        meshDev.await("orders lost its file; the running one serves on");
        project.with(project.agent("clock"));
        meshDev.await("| clock ready on :");
        assertEquals("orders 1", TestProject.ask(journal().lastPort("orders")));
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(0, meshDev.count("New agent: orders"), meshDev::output);
        assertEquals(1, journal().starts("pricing").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cp agents/orders.py t; rm agents/orders.py; cp t agents/orders.py",
            "mv agents/orders.py agents/x.py; mv agents/x.py agents/orders.py; touch agents/orders.py"})
    void goneForAMomentIsOneReload(String how) {
        MeshDev meshDev = startTwo();
        project.shell(how);
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(0, meshDev.count("New agent") + meshDev.count("lost its file") + meshDev.count("renamed"), meshDev::output);
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void aBranchWithOtherAgentsStartsItsOwnAndKeepsTheMissing() {
        project.with(project.agent("orders"), project.agent("pricing"));
        String git = "git -c user.name=t -c user.email=t@localhost ";
        project.shell("git init -q -b one . && git add agents && " + git + "commit -qm one && git checkout -q -b two"
                + " && git rm -q agents/pricing.py && sed 's/\"pricing\"/\"clock\"/; s/\"orders\"/\"clock\"/' agents/orders.py "
                + " > agents/clock.py"
                + " && git add agents && " + git + "commit -qm two && git checkout -q one");
        MeshDev meshDev = project.startReady("orders", "pricing");
        project.shell("git checkout -q two");
        meshDev.await("| clock ready on :");
        meshDev.await("pricing lost its file");
        project.shell("git checkout -q one");
        meshDev.awaitReloads("pricing", 1);
        meshDev.await("clock lost its file");
        project.assertNoStart("orders", 1);
        project.shell("git checkout -q two; git checkout -q one");
        meshDev.awaitReloads("pricing", 2);
        project.assertNoStart("orders", 1);
        assertEquals(1, journal().starts("clock").size());
    }

    @Test
    void aNewAgentWhosePortIsTakenDisturbsNobody() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        int port = journal().lastPort("orders");
        project.with(project.agent("clock").early("os.environ['MCP_MESH_HTTP_PORT'] = '" + port + "'"));
        meshDev.await("clock failed to start");
        project.assertNoStart("orders", 1);
        assertEquals("orders 1", TestProject.ask(port));
    }

    @Test
    void aSecondAgentOfOneNameIsRefusedOnceAndTheOthersGoOn() {
        MeshDev meshDev = startTwo();
        project.write("agents/other.py", "import mesh\n@mesh.agent(name=\"orders\")\nclass A: pass\n");
        meshDev.await("two agents are named orders");
        project.shell("touch agents/pricing.py");
        meshDev.awaitReloads("pricing", 1);
        assertEquals(1, meshDev.count("two agents are named orders"), meshDev::output);
    }

    @Test
    void aFileThatCannotBeAnAgentIsInNoOthersWay() {
        project.write(".meshwatch", TestProject.RULES + "agents: {orders: {stop_timeout: 4s}}\n");
        MeshDev meshDev = startTwo();
        project.write("agents/other.py", "import mesh\n@mesh.agent(name=\"orders\")\nclass A: pass\n");
        meshDev.await("agents/other.py is not started: two agents are named orders");
        project.with(project.agent("clock"));
        meshDev.await("| clock ready on :");
        project.write("agents/other.py", project.agent("sales").source());
        meshDev.await("New agent: other (agents/other.py)");
        project.assertNoStart("orders", 1);
    }

    @Test
    void anEditTakesAgentsInAndOut() {
        project.with(project.agent("orders"), project.agent("clock", "more/clock.py"));
        MeshDev meshDev = project.launch("start").ready("orders");
        project.write(".meshwatch", TestProject.RULES + "agents:\n  clock: {path: more/clock.py}\n");
        meshDev.await("New agent: clock (more/clock.py)");
        meshDev.await("| clock ready on :");
        project.write(".meshwatch", TestProject.RULES);
        meshDev.await("clock is no agent any more and is stopped");
        meshDev.await("clock has stopped");
        assertFalse(alive(journal().lastStart("clock").pid()));
        project.launch("start", "more/clock.py").ready("clock");
        project.assertNoStart("orders", 1);
    }

    @Test
    void anAgentThatAnotherMeshDevHasIsLeftOut() {
        project.with(project.agent("orders"), project.agent("clock", "more/clock.py"));
        project.launch("start", "more/clock.py").ready("clock");
        MeshDev meshDev = project.launch("start").ready("orders");
        project.write(".meshwatch", TestProject.RULES + "agents:\n  clock: {path: more/clock.py}\n");
        meshDev.await("clock is already supervised by another mesh-dev");
        project.assertNoStart("clock", 1);
        project.assertNoStart("orders", 1);
    }
}
