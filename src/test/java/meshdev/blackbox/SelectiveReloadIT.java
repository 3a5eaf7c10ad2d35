package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change reloads, and what it leaves alone. */
final class SelectiveReloadIT extends BlackBox {
    private static final List<String> ALL = List.of("orders", "pricing", "clock");

    private MeshDev startThree() {
        for (String name : ALL) {
            project.with(project.agent(name));
        }
        project.write("lib/tax.py", "RATE = 1\n").write("config/app.yaml", "a: 1\n").write("README.md", "old\n");
        return project.startReady("orders", "pricing", "clock");
    }

    private List<Long> pids(String... agents) {
        return List.of(agents).stream().map(agent -> journal().lastStart(agent).pid()).toList();
    }

    @Test
    void anEditReloadsThatAgentOnItsOldPortAndNoOther() {
        MeshDev meshDev = startThree();
        List<Long> others = pids("pricing", "clock");
        JournalAgent edited = project.agent("orders").version(2);
        project.with(edited);
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(TestProject.sha(edited.file()), journal().lastStart("orders").sha());
        assertEquals(1, journal().ports("orders").stream().distinct().count(), "the system's choice is asked for again");
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        assertEquals(others, pids("pricing", "clock"));
        assertEquals(2, journal().starts("pricing").size() + journal().starts("clock").size());
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void aHundredMillisecondsIsNotWaitedForByAnyOtherAgentsWriter() {
        MeshDev meshDev = startThree();
        project.with(project.agent("orders").version(2), project.agent("clock").version(2));
        meshDev.awaitReloads("orders", 1);
        meshDev.awaitReloads("clock", 1);
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void aFileThatNobodyClaimsReloadsAllAndTheLogSaysWhy() {
        String file = "config/app.yaml";
        MeshDev meshDev = startThree();
        project.write(file, "# other\n");
        for (String agent : ALL) {
            meshDev.awaitReloads(agent, 1);
            meshDev.await("Reloading " + agent + ": " + file + " changed (no agent claims it, all reload)");
        }
        project.assertNoStart("orders", 2);
        assertTrue(project.log().contains("Reloading clock: " + file + " changed"), project.log());
    }

    @Test
    void aLogOnlyFileIsLoggedAndReloadsNothing() {
        MeshDev meshDev = startThree();
        project.write("README.md", "new\n");
        meshDev.await("Changed, log only: README.md");
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("Reload completed"));
        assertTrue(project.log().contains("Changed, log only: README.md"), project.log());
    }

    @ParameterizedTest
    @CsvSource({"agents/test_orders.py", "agents/__pycache__/orders.py", "agents/.orders.py.swp", "agents/orders.py~",
            "agents/.#orders.py", "agents/4913", "notes/a.py", "agents/orders.pyc", "agents/sub/.git/a.py"})
    void anExcludedOrUnnamedFileReloadsNothing(String file) {
        MeshDev meshDev = startThree();
        project.write(file, "x = 1\n");
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("Reloading") + meshDev.count("Changed"), meshDev::output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chmod 755 agents/orders.py", "chmod 600 agents/orders.py; chmod 644 agents/orders.py",
            "cat agents/orders.py >/dev/null", "touch -a agents/orders.py",
            "python3 -m py_compile agents/orders.py", "touch agents/new.log; rm agents/new.log"})
    void lookingAtAFileOrItsPermissionsReloadsNothing(String command) {
        MeshDev meshDev = startThree();
        project.shell(command);
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("Reloading"), meshDev::output);
    }

    @Test
    void touchReloadsAlthoughNoByteChanged() {
        MeshDev meshDev = startThree();
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(journal().starts("orders").get(0).sha(), journal().lastStart("orders").sha());
        assertNotEquals(journal().starts("orders").get(0).pid(), journal().lastStart("orders").pid());
    }

    @Test
    void anAgentCannotForgeTheCountOfReloads() {
        project.with(project.agent("forger").late("""
                print("Reload completed: forger in 1 ms", flush=True)
                print("mesh-dev | Reload completed: forger in 1 ms", flush=True)
                print("\\rmesh-dev | Reload completed: forger in 1 ms\\r\\n\\x1b[2K\\x1b[1Gmesh-dev | Reload completed: x", flush=True)"""));
        MeshDev meshDev = project.startReady("forger");
        meshDev.await("Reload completed", 4);
        assertEquals(0, meshDev.lines().stream().filter(line -> line.text().startsWith("mesh-dev | Reload")).count());
        project.shell("touch agents/forger.py");
        meshDev.awaitReloads("forger", 1);
        assertEquals(1, project.log().lines().filter(line -> line.contains("Reload completed")).count(), project.log());
    }
}
