package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that vanish, move, are links or cannot be read: a save is seen wherever the name leads. */
final class WatchedPlacesIT extends BlackBox {
    /** Beyond a link to a single file there are no events, and scans are rarer on a busy machine. */
    private static final Duration SAFETY_SCAN = Duration.ofSeconds(60);
    private void assertSaveReloads(MeshDev meshDev, JournalAgent agent) {
        int before = journal().starts(agent.name()).size();
        project.with(agent);
        Patience.until("what was saved runs", () -> journal().starts(agent.name()).size() > before
                && journal().lastStart(agent.name()).sha().equals(TestProject.sha(agent.file())), meshDev::output);
        journal().assertNeverTwoAtOnce(agent.name());
    }

    @ParameterizedTest(name = "back after {0} s")
    @ValueSource(strings = {"0", "0.3", "4"})
    void aFolderThatWasDeletedAndIsBackIsWatchedAgain(String seconds) {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("cp -r agents ../kept; rm -rf agents; sleep " + seconds + "; cp -r ../kept agents");
        journal().awaitReady("orders", 2);
        if (seconds.equals("4")) {
            meshDev.await("agents is missing; agents keep running");
            meshDev.await("agents is back and watched again");
        }
        project.assertNoStart("orders", 2);
        assertSaveReloads(meshDev, agent.version(2));
    }

    @Test
    void aFolderThatWasRenamedAwayIsMissedAndItsSuccessorIsWatched() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("mv agents ../moved");
        meshDev.await("agents is missing; agents keep running");
        project.shell("echo '# edited where it is now' >>../moved/orders.py");
        project.assertNoStart("orders", 1);
        project.shell("cp -r ../moved agents");
        journal().awaitReady("orders", 2);
        assertSaveReloads(meshDev, agent.version(2));
    }

    @Test
    void aProjectThatWasMovedAwayAndIsBackIsWatchedAgain() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("cp -r ../shop ../copy; mv ../shop ../moved; mv ../copy ../shop");
        journal().awaitReady("orders", 2);
        assertSaveReloads(meshDev, agent.version(2));
    }

    @Test
    void aProjectBehindALinkIsWatchedThroughIt() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        project.shell("ln -s shop ../link");
        MeshDev meshDev = project.launch("start", "agents/").in(project.outside("link")).ready("orders");
        assertSaveReloads(meshDev, agent.version(2));
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void anAgentsFolderThatIsALinkIsWatched() {
        project.write("../real/keep", "").shell("ln -s ../real agents");
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        assertSaveReloads(meshDev, agent.version(2));
        project.shell("mkdir ../real2; sed 's/^# version 2/# version 3/' agents/orders.py >../real2/orders.py; ln -sfn ../real2 agents");
        journal().awaitReady("orders", 3);
        project.assertNoStart("orders", 3);
        assertSaveReloads(meshDev, agent.version(4));
    }

    @Test
    void aSingleFileIsWatchedAlsoWhereNoPatternNamesIt() {
        JournalAgent agent = project.agent("test-one", "deep/er/test_one.py");
        project.with(agent);
        MeshDev meshDev = project.launch("start", "deep/er/test_one.py").ready("test-one");
        project.shell("cp deep/er/test_one.py ../new; echo '# new' >>../new; mv ../new deep/er/test_one.py");
        meshDev.awaitReloads("test-one", 1);
        assertSaveReloads(meshDev, agent.version(2));
    }

    @Test
    void aNamedFolderOrFileThatIsMissingStartsNothing() {
        project.with(project.agent("orders"));
        for (String missing : new String[] {"nowhere/", "agents/nobody.py"}) {
            MeshDev meshDev = project.launch("start", "agents/", missing).runToEnd();
            assertEquals(2, meshDev.awaitExit(), meshDev::output);
            assertTrue(meshDev.text(true).contains(missing.replace("/", "").replace("agents", "")), meshDev::output);
        }
        assertEquals("", journal().text());
    }

    @Test
    void linkedFoldersAndFilesAreWatchedAndLoopsEnd() {
        JournalAgent agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent).write("../shared/tax.py", "").write("../one.py", "1").write("../two.py", "2");
        project.shell("ln -s ../../shared agents/shared; ln -s . agents/loop; ln -s .. agents/up; ln -s ../../one.py agents/linked.py");
        MeshDev meshDev = project.startReady("orders");
        project.shell("echo '# in the linked folder' >>../shared/tax.py");
        Patience.until("reload 1", SAFETY_SCAN, () -> meshDev.reloads("orders") >= 1, meshDev::output);
        project.shell("echo '# in the linked file' >>../one.py");
        Patience.until("reload 2", SAFETY_SCAN, () -> meshDev.reloads("orders") >= 2, meshDev::output);
        project.shell("ln -sfn ../../two.py agents/linked.py");
        Patience.until("reload 3", SAFETY_SCAN, () -> meshDev.reloads("orders") >= 3, meshDev::output);
        project.shell("mkdir ../shared2; echo 2 >../shared2/tax.py; ln -sfn ../../shared2 agents/shared");
        Patience.until("reload 4", SAFETY_SCAN, () -> meshDev.reloads("orders") >= 4, meshDev::output);
        project.shell("echo 3 >>../shared2/tax.py");
        Patience.until("reload 5", SAFETY_SCAN, () -> meshDev.reloads("orders") >= 5, meshDev::output);
        project.assertNoStart("orders", 6);
    }

    @Test
    void aFolderMovedOutOfTheProjectIsOneReloadAndItsLaterEditsNone() {
        JournalAgent agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent).write("lib/a/x.py", "1").write("lib/a/y.py", "1");
        MeshDev meshDev = project.startReady("orders");
        project.shell("mv lib/a ../gone");
        meshDev.awaitReloads("orders", 1);
        project.shell("for i in 1 2 3 4 5; do echo $i >>../gone/x.py; done");
        project.assertNoStart("orders", 2);
    }

    @Test
    void aFileInNewDeepFoldersIsSeenAndSoAreItsSaves() {
        JournalAgent agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("mkdir -p lib/n/deep/er; echo 1 >lib/n/deep/er/x.py");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        project.shell("echo 2 >>lib/n/deep/er/x.py");
        meshDev.awaitReloads("orders", 2);
        project.shell("for i in $(seq 50); do mkdir -p lib/m$i/d; echo 1 >lib/m$i/d/x.py; done");
        meshDev.awaitReloads("orders", 3);
        project.shell("for i in $(seq 50); do echo 2 >>lib/m$i/d/x.py; done");
        meshDev.awaitReloads("orders", 4);
    }

    @Test
    void anUnreadableFolderIsToldOnceAndWatchedWhenItCanBeRead() {
        JournalAgent agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent).write("lib/locked/x.py", "1").write("lib/open.py", "1");
        project.shell("chmod 000 lib/locked");
        MeshDev meshDev = project.launch("start", "agents/").withoutPrivileges().ready("orders");
        meshDev.await("lib/locked can't be read (permission denied)");
        project.shell("echo 2 >>lib/open.py");
        meshDev.awaitReloads("orders", 1);
        project.shell("chmod 755 lib/locked");
        meshDev.awaitReloads("orders", 2);
        project.shell("echo 2 >>lib/locked/x.py");
        meshDev.awaitReloads("orders", 3);
        assertEquals(1, meshDev.count("can't be read"), meshDev::output);
    }

    @Test
    void aGiganticFileIsNeverRead() {
        JournalAgent agent = project.agent("orders");
        project.with(agent).shell("mkdir config; truncate -s 1G config/state.yaml");
        MeshDev meshDev = project.startReady("orders");
        long read = new Proc(meshDev.pid()).bytesRead();
        project.shell("echo x >>config/state.yaml");
        meshDev.awaitReloads("orders", 1);
        assertTrue(read < 200_000_000 && new Proc(meshDev.pid()).bytesRead() - read < 200_000_000,
                () -> "bytes read: " + new Proc(meshDev.pid()).bytesRead());
    }
}
