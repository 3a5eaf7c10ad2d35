package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code refresh}: installed packages are imported while the old agent serves, wherever nobody can tell the difference. */
final class RefreshIT extends BlackBox {
    private static final String IMPORT = "import slowpkg";
    private static final String SLOW = "import os, time\ntime.sleep(0.3)\nRATE = 1\nPID = os.getpid()\nAT = time.monotonic_ns()\n";

    @BeforeEach
    void installASlowPackage() {
        project.shell("python3 -m venv --without-pip .venv");
        install("slowpkg", SLOW);
    }

    @Test
    void whatTheLastRunImportedIsThereBeforeTheAgentsFirstLine() {
        MeshDev meshDev = start(slow(1));
        awaitResident(meshDev);
        assertTrue(importedAfterItsStart("orders"), "a first start is cold");
        project.with(slow(2));
        meshDev.awaitReloads("orders", 1);
        assertFalse(importedAfterItsStart("orders"), () -> journal().text() + meshDev.output());
        assertEquals(0, meshDev.count("falls back"), meshDev::output);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void anEditOfTheImportsFallsBackToRestartAndIsLearned() {
        MeshDev meshDev = start(slow(1));
        awaitResident(meshDev);
        project.with(slow(2).early("import decimal"));
        meshDev.awaitReloads("orders", 1);
        meshDev.await("refresh of orders falls back to restart: what orders.py imports, or does to the process, has changed");
        assertTrue(importedAfterItsStart("orders"));
        awaitResident(meshDev);
        project.with(slow(3).early("import decimal"));
        meshDev.awaitReloads("orders", 2);
        assertFalse(importedAfterItsStart("orders"), meshDev::output);
    }

    @Test
    void whatTheAgentDoesToItsProcessFirstIsABarrierThatIsNamed() {
        project.with(project.agent("orders").early("import decimal\nos.environ['RATE'] = '1'\n" + IMPORT).early(NOTE));
        MeshDev meshDev = refresh();
        awaitResident(meshDev);
        project.with(project.agent("orders").early("import decimal\nos.environ['RATE'] = '1'\n" + IMPORT).early(NOTE).version(2));
        meshDev.awaitReloads("orders", 1);
        meshDev.await("not slowpkg and what follows: before it, the agent changes os.environ (RATE)");
        assertTrue(importedAfterItsStart("orders"));
    }

    @Test
    void aPackageThatHoldsASocketIsImportedByItsAgentOnly() {
        install("slowpkg", "import socket, time\ntime.sleep(0.3)\nPID, AT = 0, time.monotonic_ns()\nS = socket.socket()\n");
        MeshDev meshDev = start(slow(1));
        meshDev.await("orders ready");
        project.with(slow(2));
        meshDev.awaitReloads("orders", 1);
        Patience.until("it was tried", () -> {
            project.with(slow(3 + (int) meshDev.reloads("orders")));
            meshDev.awaitReloads("orders", (int) meshDev.reloads("orders") + 1);
            return meshDev.count("what is imported holds a socket") > 0;
        }, meshDev::output);
        assertTrue(importedAfterItsStart("orders"));
    }

    @Test
    void aPackageThatWasChangedMeanwhileIsImportedAnew() {
        Path done = project.outside("imported");
        String source = SLOW + "open('" + done + "', 'a').write('x')\n";
        install("slowpkg", source);
        MeshDev meshDev = start(slow(1).answering("slowpkg.RATE"));
        Patience.until("the successor has imported it too", () -> done.toFile().length() == 2, meshDev::output);
        install("slowpkg", source.replace("RATE = 1", "RATE = 22"));
        project.with(slow(2).answering("slowpkg.RATE"));
        meshDev.awaitReloads("orders", 1);
        meshDev.await("falls back to restart: ");
        assertEquals("22", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void anotherEnvironmentMeansAnotherInterpreter() {
        project.write(".env", "RATE=1\n");
        MeshDev meshDev = start(slow(1).answering("os.environ['RATE']"));
        awaitResident(meshDev);
        project.write(".env", "RATE=2\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals("2", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void anAgentThatOnlyRunsColdIsStartedColdAgainAndSaidSo() {
        JournalAgent picky = project.agent("orders").early("if 'slowpkg' in sys.modules: sys.exit(3)\n" + IMPORT).early(NOTE);
        project.with(picky);
        MeshDev meshDev = refresh();
        awaitResident(meshDev);
        project.with(picky.version(2));
        meshDev.await("orders ended before it was ready (exit code 3) with modules imported beforehand; starting it without");
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        assertEquals(0, meshDev.count("failed to start"), meshDev::output);
        Patience.until("it is remembered", () -> {
            int before = (int) meshDev.reloads("orders");
            project.with(picky.version(before + 3));
            meshDev.awaitReloads("orders", before + 1);
            return meshDev.count("it ended when they had been imported beforehand") > 0;
        }, meshDev::output);
        assertEquals(1, meshDev.count("starting it without"), meshDev::output);
    }

    @Test
    void withoutMemoryForSuccessorsNothingIsImportedBeforehand() {
        project.with(slow(1));
        MeshDev meshDev = project.launch("start", "--strategy", "refresh", "agents/").env("MCP_MESH_STANDBY_MEMORY", "0").ready("orders");
        Patience.until("it was wanted", () -> {
            int before = (int) meshDev.reloads("orders");
            project.with(slow(before + 2));
            meshDev.awaitReloads("orders", before + 1);
            return meshDev.count("exceed the memory for successors (standby_memory)") > 0;
        }, meshDev::output);
        assertTrue(importedAfterItsStart("orders"));
    }

    @Test
    void theOneThatWaitsIsUsedByTheFirstReloadOfAnAgentThatIsSlowToStart() {
        Path done = project.outside("imported");
        install("slowpkg", SLOW + "time.sleep(1)\nopen('" + done + "', 'a').write('x')\n");
        MeshDev meshDev = start(slow(1));
        Patience.until("one waits", () -> done.toFile().length() == 2, meshDev::output);
        long saved = System.nanoTime();
        project.with(slow(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(importedAt("orders") < saved, () -> journal().text() + meshDev.output());
    }

    @Test
    void savesThatComeFasterThanImportsAreAnsweredByASecondInterpreterFromThenOn() {
        Path done = project.outside("imported");
        install("slowpkg", SLOW + "open('" + done + "', 'a').write('x')\n");
        MeshDev meshDev = start(slow(1));
        Patience.until("one waits", () -> done.toFile().length() == 2, meshDev::output);
        project.with(slow(2));
        meshDev.awaitReloads("orders", 1);
        project.with(slow(3));
        meshDev.awaitReloads("orders", 2);
        assertTrue(importedAfterTheStartBefore("orders"), "nobody knew that a second one would be wanted");
        Patience.until("two wait", () -> done.toFile().length() == 5, meshDev::output);
        project.with(slow(4));
        meshDev.awaitReloads("orders", 3);
        project.with(slow(5));
        meshDev.awaitReloads("orders", 4);
        assertFalse(importedAfterTheStartBefore("orders"), () -> journal().text() + meshDev.output());
        assertEquals("orders 5", TestProject.ask(journal().lastPort("orders")));
        assertEquals(0, meshDev.count("falls back"), meshDev::output);
    }

    @Test
    void theOldAgentAnswersThroughEveryBrokenSave() {
        MeshDev meshDev = start(slow(1));
        awaitResident(meshDev);
        int port = journal().lastPort("orders");
        project.write("agents/orders.py", "def broken(:\n");
        meshDev.await("waiting for a fix");
        Patience.staysFor("answering", TestProject.QUIET, () -> TestProject.ask(port).equals("orders 1"), meshDev::output);
        project.with(slow(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(port));
        assertFalse(importedAfterItsStart("orders"), "the interpreter that waited is used after the fix");
    }

    private static final String NOTE = "note('IMPORTED', NAME, me, slowpkg.PID, slowpkg.AT)";

    private JournalAgent slow(int version) {
        return project.agent("orders").early(IMPORT).early(NOTE).version(version);
    }

    private MeshDev start(JournalAgent agent) {
        project.with(agent);
        return refresh();
    }

    private MeshDev refresh() {
        return project.launch("start", "--strategy", "refresh", "agents/").ready("orders");
    }

    private void install(String name, String source) {
        project.shell("for lib in .venv/lib/python*/site-packages; do printf '%s' \"$2\" >\"$lib/$1.py\"; done", name, source);
    }

    /** An interpreter waits with modules imported; it may not have finished yet. */
    private void awaitResident(MeshDev meshDev) {
        Patience.until("a successor waits", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream()
                .anyMatch(one -> one.isAlive() && one.commandLine().contains("--preload")
                        && one.pid() != journal().lastStart("orders").pid()), meshDev::output);
    }

    private boolean importedAfterItsStart(String agent) {
        return importedAt(agent) > journal().lastStart(agent).nanos();
    }

    private boolean importedAfterTheStartBefore(String agent) {
        List<Journal.Start> starts = journal().starts(agent);
        return importedAt(agent) > starts.get(starts.size() - 2).nanos();
    }

    private long importedAt(String agent) {
        List<List<String>> all = journal().facts("IMPORTED", agent);
        return Long.parseLong(all.get(all.size() - 1).get(2));
    }
}
