package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Projects as people have them: folders, odd names, checkouts, fixed ports, saves at any moment. */
final class ProjectShapesIT extends BlackBox {

    @Test
    void aSaveAtTheVeryStartIsNeverMissed() {
        for (int run = 1; run <= 3; run++) {
            project.with(project.agent("orders").version(10 * run));
            int before = journal().starts("orders").size();
            MeshDev meshDev = project.launch("start", "agents/").run();
            journal().awaitStarts("orders", before + 1);
            project.with(project.agent("orders").version(10 * run + 1));
            Patience.until("the saved one runs", () -> journal().lastStart("orders").sha()
                    .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
            meshDev.awaitReloads("orders", 1);
            meshDev.signal("TERM");
            meshDev.awaitExit();
        }
    }

    @Test
    void aFolderAgentReloadsForAnyOfItsFilesAndAlone() {
        project.with(project.agent("main", "agents/shop/main.py"), project.agent("orders"))
                .write("agents/shop/prices.py", "A = 1\n");
        MeshDev meshDev = project.startReady("shop", "orders");
        project.write("agents/shop/prices.py", "A = 2\n");
        meshDev.awaitReloads("shop", 1);
        meshDev.await("Reloading shop: agents/shop/prices.py changed");
        project.assertNoStart("orders", 1);
        assertEquals(2, journal().starts("main").size());
    }

    @Test
    void namesWithSpacesAccentsAndQuotesWorkInTheCLocaleToo() {
        String name = "agents/my \"ägent\" $(x).py";
        project.with(project.agent("odd", name));
        MeshDev meshDev = project.launch("start", name).env("LC_ALL", "C").run();
        meshDev.await("ready on :");
        project.with(project.agent("odd", name).version(2));
        meshDev.await("Reload completed");
        assertEquals(2, journal().starts("odd").size());
        assertEquals("odd 2", TestProject.ask(journal().lastPort("odd")));
    }

    @Test
    void aCheckoutOfManyFilesIsOneReload() {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING));
        project.shell("mkdir lib; for i in $(seq 300); do echo 'A = 1' >lib/m$i.py; done");
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 300"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("cd lib; for i in $(seq 300); do rm m$i.py; echo 'A = 22' >m$i.py; done");
        meshDev.awaitReloads("orders", 1);
        meshDev.await("and 299 more changed");
        project.assertNoStart("orders", 2);
    }

    @Test
    void aFolderThatIsMovedAwayAndBackIsWatchedAgain() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("mv agents ../away");
        meshDev.await("agents is missing");
        project.assertNoStart("orders", 1);
        project.shell("mv ../away agents");
        meshDev.await("is back and watched again");
        project.with(project.agent("orders").version(2));
        Patience.until("the new one runs", () -> journal().lastStart("orders").sha()
                .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
    }

    @Test
    void aSymlinkedAgentFolderIsWatchedThroughTheLink() {
        project.with(project.agent("orders", "../real/orders.py"));
        project.shell("ln -s ../real agents");
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders", "../real/orders.py").version(2));
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void theStopSignalOfAnAgentIsItsOwn() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS))
                .write(".meshwatch", TestProject.RULES + "agents: {orders: {stop_signal: INT}}\n");
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(java.util.List.of("SIGINT"), journal().signals("orders"));
    }

    private void writeFor(int seconds, int pauseMillis) {
        project.shell("python3 -c 'import sys,time\nend=time.monotonic()+" + seconds + "\nwhile time.monotonic()<end:\n"
                + "  open(sys.argv[1],\"a\").write(\"#\\n\"); time.sleep(" + pauseMillis + "/1000)' \"$1\"",
                project.agent("orders").file().toString());
    }

    private void awaitTheLastContent(MeshDev meshDev) {
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha()
                .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
    }

    @Test
    void whenAWriterEndsAtLastTheLastContentRunsAfterFewReloads() {
        project.with(project.agent("orders")).write(".meshwatch", TestProject.RULES.replace("100", "300"));
        MeshDev meshDev = project.startReady("orders");
        writeFor(4, 100);
        meshDev.awaitReloads("orders", 1);
        awaitTheLastContent(meshDev);
        assertTrue(journal().starts("orders").size() <= 4, journal()::text);
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void anEndlessWriterIsReloadedAtTheCapAndNamed() {
        project.with(project.agent("orders")).write(".meshwatch", TestProject.RULES.replace("100", "300"));
        MeshDev meshDev = project.startReady("orders");
        writeFor(9, 2);
        long ended = System.nanoTime();
        meshDev.await("agents/orders.py keeps changing");
        meshDev.awaitReloads("orders", 1);
        long first = journal().starts("orders").get(1).nanos();
        assertTrue(ended - first > 2_000_000_000L, () -> "not at the cap of 5 s\n" + meshDev.output());
        awaitTheLastContent(meshDev);
    }

    @Test
    void withoutArgumentsTheAgentsFolderIsStarted() {
        project.with(project.agent("orders"), project.agent("other", "other.py"));
        MeshDev meshDev = project.launch("start").ready("orders");
        assertEquals(0, meshDev.count("other"), meshDev::output);
    }

    @Test
    void fromASubfolderTheProjectIsFoundAndTheAgentRunsThere() {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING).answering("os.getcwd()"));
        MeshDev meshDev = project.launch("start", "orders.py").in(project.file("agents")).ready("orders");
        assertEquals(project.file("agents").toString(), TestProject.ask(journal().lastPort("orders")));
        project.write("lib/shared.py", "x = 1\n");
        meshDev.awaitReloads("orders", 1);
        meshDev.await("lib/shared.py changed");
    }

    @Test
    void aWrongLineInDotEnvIsNamedAndTheOthersCount() {
        project.with(project.agent("orders").answering("os.environ['GOOD']"));
        project.write(".env", "\uFEFF# comment\r\nexport GOOD='yes $(touch pwned)'\r\nthis is no assignment\r\n");
        MeshDev meshDev = project.startReady("orders");
        meshDev.await(".env:3");
        assertEquals("yes $(touch pwned)", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void anotherRuleFileDoesNotMoveTheProject() {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING)).write("conf/rules.yaml", TestProject.RULES.replace("lib/**", "src/**"));
        MeshDev meshDev = project.launch("start", "agents/", "--config", "conf/rules.yaml").ready("orders");
        project.write("lib/a.py", "x = 1\n");
        project.assertNoStart("orders", 1);
        project.write("src/a.py", "x = 1\n");
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void manyAgentsStartAndEndSideBySide() {
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) {
            names[i] = "a" + (100 + i);
            project.with(project.agent(names[i]));
        }
        MeshDev meshDev = project.startReady(names);
        project.shell("touch agents/a107.py");
        meshDev.awaitReloads("a107", 1);
        assertEquals(1, meshDev.count("Reload completed"), meshDev::output);
        long asked = System.nanoTime();
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
        assertTrue(System.nanoTime() - asked < 5_000_000_000L, meshDev::output);
    }
}
