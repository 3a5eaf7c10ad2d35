package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that rewrite what they watch, which must not reload them for ever, and users who only save that fast. */
final class SelfWritingAgentIT extends BlackBox {
    private static final String FILE = "config/state.yaml";
    private static final String WRITES_STATE = "open('" + FILE + "', 'w').write(str(time.monotonic_ns()))";
    private static final String PAUSED = FILE + " changes every time orders starts";

    private MeshDev start(JournalAgent writer, int delay) {
        project.with(writer).write(FILE, "0").write(".meshwatch", TestProject.RULES.replace("100", Integer.toString(delay)));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("File watching enabled.");
        return meshDev;
    }

    /** Later than this after a start, a change is the user's. */
    private void outwaitTheStart() {
        long started = journal().lastStart("orders").nanos();
        Patience.until("two seconds since the start", () -> System.nanoTime() - started > TimeUnit.MILLISECONDS.toNanos(2300),
                journal()::text);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500})
    void aFileRewrittenAtEveryStartIsPausedAfterThreeReloadsAndNamedWithTheRemedy(int delay) {
        MeshDev meshDev = start(project.agent("orders").early(WRITES_STATE), delay);
        assertTrue(meshDev.await(PAUSED).text().contains("add it to exclude in .meshwatch"), meshDev::output);
        assertEquals(3, meshDev.count("Reloading orders: " + FILE), meshDev::output);
        project.assertNoStart("orders", 4);
        assertTrue(project.log().contains(PAUSED), project::log);
    }

    @Test
    void everyOtherFileReloadsAPausedAgentAndSoDoesALaterSaveOfThatFile() {
        JournalAgent writer = project.agent("orders").early(WRITES_STATE);
        MeshDev meshDev = start(writer, 100);
        meshDev.await(PAUSED);
        project.with(writer.version(2));
        meshDev.await("Reloading orders: agents/orders.py");
        journal().awaitStarts("orders", 5);
        project.assertNoStart("orders", 5);
        outwaitTheStart();
        project.write(FILE, "saved by the user");
        meshDev.await("Reloading orders: " + FILE, 4);
        journal().awaitStarts("orders", 6);
        project.assertNoStart("orders", 6);
        assertEquals(1, meshDev.count(PAUSED), meshDev::output);
    }

    @Test
    void otherRulesMakeThePausedFileCountAgain() {
        MeshDev meshDev = start(project.agent("orders").early(WRITES_STATE), 100);
        meshDev.await(PAUSED);
        project.write(".meshwatch", TestProject.RULES.replace("include: [", "include: [\"other/*\", "));
        meshDev.await(".meshwatch changed: ");
        project.shell("touch agents/orders.py");
        meshDev.await("Reloading orders: " + FILE, 4);
        meshDev.await(PAUSED, 2);
    }

    @Test
    void aFileRewrittenOnceItListensIsPausedToo() {
        MeshDev meshDev = start(project.agent("orders").late(WRITES_STATE), 100);
        meshDev.await(PAUSED);
        int starts = journal().starts("orders").size();
        assertTrue(starts >= 4 && starts <= 14, journal()::text);
        project.assertNoStart("orders", starts);
    }

    @Test
    void anAgentThatWritesAndFailsIsPausedAndTripsItsBreaker() {
        MeshDev meshDev = start(project.agent("orders").early(WRITES_STATE).early("sys.exit(3)"), 100);
        meshDev.await(PAUSED);
        meshDev.await("orders: waiting for a change");
    }

    @Test
    void theOthersLiveOnWhenOneIsPaused() {
        JournalAgent pricing = project.agent("pricing");
        project.with(pricing);
        MeshDev meshDev = start(project.agent("orders").early(WRITES_STATE), 100);
        meshDev.await(PAUSED);
        project.assertNoStart("orders", 4);
        int starts = journal().starts("pricing").size();
        project.with(pricing.version(2));
        meshDev.await("Reloading pricing: agents/pricing.py");
        journal().awaitStarts("pricing", starts + 1);
        project.assertNoStart("pricing", starts + 1);
        assertEquals(4, journal().starts("orders").size());
    }

    @Test
    void sourceSavedRightAfterEveryReloadIsReloadedEveryTime() {
        project.write("lib/tax.py", "RATE = 0\n");
        MeshDev meshDev = start(project.agent("orders").early("sys.path.insert(0, '.')").early("import lib.tax")
                .answering("lib.tax.RATE"), 100);
        meshDev.await("orders ready");
        for (int save = 1; save <= 15; save++) {
            project.write("lib/tax.py", "RATE = " + save + "\n");
            meshDev.awaitReloads("orders", save);
            assertEquals(Integer.toString(save), TestProject.ask(journal().lastPort("orders")));
        }
        assertEquals(16, journal().starts("orders").size());
    }
}
