package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What agents keep for their next lives. */
final class StateIT extends BlackBox {
    private static final String IMPORT = "from mesh_dev import state";

    private JournalAgent counting(String name) {
        return project.agent(name).early(IMPORT).answering("state.incr('n')");
    }

    private MeshDev start(String... agents) {
        return project.launch("start", "agents/", "--preserve-state").ready(agents);
    }

    private String ask(String agent) {
        return TestProject.ask(journal().lastPort(agent));
    }

    private Path folder(String agent) {
        try (Stream<Path> projects = Files.list(project.home().resolve("state"))) {
            List<Path> found = projects.toList();
            assertTrue(found.size() == 1 && found.get(0).getFileName().toString().matches("shop-[0-9a-f]{8}"), found.toString());
            return found.get(0).resolve(agent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** One client that never pauses; the numbers it was answered, in order. */
    private Thread hammer(String agent, List<Integer> answers) {
        Thread client = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                String answer = ask(agent);
                if (answer.matches("\\d+")) {
                    answers.add(Integer.valueOf(answer));
                }
            }
        });
        client.start();
        return client;
    }

    @Test
    void noAcknowledgedIncrementIsLostOverTwentyReloads() throws InterruptedException {
        project.with(counting("orders"));
        MeshDev meshDev = start("orders");
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        Thread client = hammer("orders", answers);
        for (int reload = 1; reload <= 20; reload++) {
            int before = answers.size();
            Patience.until("an answer", () -> answers.size() > before, meshDev::output);
            project.shell("touch agents/orders.py");
            meshDev.awaitReloads("orders", reload);
        }
        client.interrupt();
        client.join();
        assertEquals(new ArrayList<>(new TreeSet<>(answers)), answers, "each answer is greater than all before");
        assertTrue(answers.get(0) == 1 && answers.size() > 20, answers::toString);
        int lost = answers.get(answers.size() - 1) - answers.size();
        assertTrue(lost <= 20, () -> lost + " answers did not arrive, more than one a reload");
        assertEquals(20, meshDev.reloads("orders"));
        assertEquals(21, journal().starts("orders").size());
    }

    @Test
    void stateIsEachAgentsOwnAndOutlivesMeshDev() throws IOException {
        project.with(counting("orders"), counting("pricing"));
        MeshDev first = start("orders", "pricing");
        assertEquals("1 2 1", ask("orders") + " " + ask("orders") + " " + ask("pricing"));
        for (Path each = folder("orders"); !each.equals(project.home()); each = each.getParent()) {
            assertEquals("rwx------", permissions(each), each.toString());
        }
        assertEquals("rw-------", permissions(folder("orders").resolve("state.json")));
        first.signal("TERM");
        first.awaitExit();
        start("orders", "pricing");
        assertEquals("3 2", ask("orders") + " " + ask("pricing"));
    }

    @Test
    void stateOutlivesAKillOfEverything() {
        project.with(counting("orders"));
        MeshDev first = start("orders");
        assertEquals("1", ask("orders"));
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        journal().awaitReady("orders", 2);
        assertEquals("2", ask("orders"));
        first.signal("KILL");
        first.awaitExit();
        start("orders");
        assertEquals("3", ask("orders"));
    }

    @Test
    void aCorruptFileIsSetAsideAndCountsAsNoFailure() throws IOException {
        project.with(counting("orders").early("len(state)"));
        MeshDev first = start("orders");
        ask("orders");
        Path file = folder("orders").resolve("state.json");
        first.signal("TERM");
        first.awaitExit();
        Files.writeString(file, "{\"version\": 1, \"sta");
        MeshDev meshDev = start("orders");
        meshDev.await("orders   | mesh_dev.state: the state can't be used: ");
        assertEquals("1", ask("orders"));
        assertEquals("{\"version\": 1, \"sta", Files.readString(folder("orders").resolve("state.json.bad")));
        assertEquals(2, journal().starts("orders").size());
        assertEquals(0, meshDev.count("Too many startup attempts"));
    }

    @Test
    void withoutTheSettingItIsADictInMemory() {
        project.with(counting("orders"));
        MeshDev meshDev = project.startReady("orders");
        assertEquals("1 2", ask("orders") + " " + ask("orders"));
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals("1", ask("orders"));
        assertFalse(Files.exists(project.home().resolve("state")));
    }

    @Test
    void theSettingIsAppliedWhileAgentsRun() {
        project.with(counting("orders"));
        MeshDev meshDev = project.startReady("orders");
        ask("orders");
        project.write(".meshwatch", TestProject.RULES + "preserve_state: yes\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals("1", ask("orders"));
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 2);
        assertEquals("2", ask("orders"));
    }

    @Test
    void aHomeThatCannotBeUsedIsSaidOnceAndStopsNobody() {
        TestProject.write(project.home().resolve("state"), "in the way");
        project.with(counting("orders"), counting("pricing"));
        MeshDev meshDev = start("orders", "pricing");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals("1 1", ask("orders") + " " + ask("pricing"));
        meshDev.await("state is not preserved: can't use " + project.home().resolve("state") + ": it is no folder");
        assertEquals(1, meshDev.count("state is not preserved"));
    }

    @Test
    void importingItLeavesTheImportsOfAnAgentKnown() {
        project.with(counting("orders")).write("lib/other.py", "X = 1\n");
        MeshDev meshDev = start("orders");
        project.write("lib/other.py", "X = 2\n");
        meshDev.await("Changed, no agent imports it: lib/other.py");
        project.assertNoStart("orders", 1);
    }

    @Test
    void aNotebookHasItToo() {
        project.write("agents/visits.ipynb", """
                {"nbformat": 4, "cells": [{"cell_type": "code", "source": ["if __name__ == '__main__':\\n",
                "    import time\\n", "    from mesh_dev import state\\n", "    print('visit', state.incr('n'))\\n",
                "    time.sleep(3600)\\n"]}]}""");
        project.write(".meshwatch", TestProject.RULES.replace("\"lib/", "\"agents/*.ipynb\", \"lib/"));
        MeshDev meshDev = project.launch("start", "agents/", "--preserve-state").run();
        meshDev.await("visits   | visit 1");
        meshDev.signal("TERM");
        meshDev.awaitExit();
        project.launch("start", "agents/", "--preserve-state").run().await("visits   | visit 2");
    }

    @Test
    void aReloadIsToldItsNumberItsFilesAndWhomItFollows() {
        project.with(project.agent("orders").early("import lib.tax")
                .answering("' '.join(os.environ.get('MCP_MESH_' + n, '-') for n in ('RELOAD_COUNT', 'RELOAD_REASON', 'PREVIOUS_PID'))"));
        project.write("lib/tax.py", "X = 1\n").write("lib/__init__.py", "");
        MeshDev meshDev = start("orders");
        assertEquals("- - -", ask("orders"));
        for (int reload = 1; reload <= 2; reload++) {
            long previous = journal().lastStart("orders").pid();
            project.write("lib/tax.py", "X = 1" + reload + "\n");
            meshDev.awaitReloads("orders", reload);
            assertEquals(reload + " lib/tax.py " + previous, ask("orders"));
        }
    }

    @Test
    void anAtexitHandlerSavesWhatAReloadEnds() {
        project.with(project.agent("orders").early("""
                import pickle
                import atexit

                STATE_FILE = '.agent_state.pkl'
                cache_data = {}

                def save_state():
                    with open(STATE_FILE, 'wb') as f:
                        pickle.dump({'cache': cache_data, 'counters': counters, 'timestamp': time.time()}, f)

                def load_state():
                    try:
                        with open(STATE_FILE, 'rb') as f:
                            return pickle.load(f)
                    except FileNotFoundError:
                        return {'cache': {}, 'counters': {}}

                atexit.register(save_state)
                counters = load_state()['counters']""")
                .answering("counters.update(n=counters.get('n', 0) + 1) or counters['n']"));
        MeshDev meshDev = start("orders");
        for (int reload = 1; reload <= 3; reload++) {
            assertEquals(Integer.toString(reload), ask("orders"));
            project.shell("touch agents/orders.py");
            meshDev.awaitReloads("orders", reload);
        }
        meshDev.signal("TERM");
        meshDev.awaitExit();
        start("orders");
        assertEquals("4", ask("orders"));
    }
}
