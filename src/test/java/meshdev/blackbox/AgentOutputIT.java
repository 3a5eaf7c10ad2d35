package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What agents print, however they print it. */
final class AgentOutputIT extends BlackBox {

    @Test
    void theLastWordsWithoutALineEndComeBeforeTheExitLine() {
        project.with(project.agent("orders").early("""
                os.write(1, b"first\\nlast words")
                os.kill(me, signal.SIGKILL)"""));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders failed to start");
        List<String> texts = meshDev.lines().stream().map(MeshDev.Line::text).toList();
        int words = texts.indexOf("orders   | last words");
        int exit = texts.indexOf(texts.stream().filter(line -> line.contains("failed to start")).findFirst().orElseThrow());
        assertTrue(words >= 0 && words < exit, meshDev::output);
    }

    @Test
    void standardErrorIsShownUnderTheAgentsNameToo() {
        project.with(project.agent("orders").late("os.write(2, b'to the error stream\\n')"));
        project.launch("start", "agents/").ready("orders").await("orders   | to the error stream");
    }

    @Test
    void aLineOfFiftyMegabytesIsCutAndNothingElseSuffers() {
        project.with(project.agent("orders").late("""
                while not os.path.exists("go"):
                    time.sleep(0.01)
                for _ in range(50):
                    sys.stdout.write("x" * (1 << 20))
                print(flush=True)
                print("after it", flush=True)"""));
        MeshDev meshDev = project.startReady("orders");
        Proc process = new Proc(meshDev.pid());
        long before = process.residentKilobytes();
        project.write("go", "");
        meshDev.await("orders   | after it");
        String cut = meshDev.await("bytes cut]").text();
        assertTrue(cut.length() < 17_000, "cut");
        assertTrue(cut.endsWith("x … [" + ((50 << 20) - (16 << 10)) + " bytes cut]"), "how much: " + cut.substring(16_000));
        long more = process.residentKilobytes() - before;
        assertTrue(more < 20 * 1024, "kB more: " + more);
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void bytesThatAreNoTextAreReplacedAndEscapesHaveNoEffect() {
        project.with(project.agent("orders").late("""
                os.write(1, bytes(range(1, 256)) + b"\\n")
                os.write(1, b"\\xff\\xfe\\x00broken\\n")
                os.write(1, b"\\x1b]52;c;aGk=\\x07\\x1b[2Jstill \\x1b[31mhere\\x1b[0m\\n")"""));
        MeshDev meshDev = project.startReady("orders");
        assertTrue(meshDev.await("broken").text().contains("\uFFFD"), meshDev::output);
        assertEquals("orders   | still here", meshDev.await("still").text());
        assertFalse(meshDev.text(false).contains("\u001b"), "escape sequences in an output that is no terminal");
    }

    @Test
    void theOutputOfEachAgentIsAlsoInAFileOfItsOwn() {
        project.with(project.agent("orders").late("print('hello from orders', flush=True)"), project.agent("pricing"));
        MeshDev meshDev = project.startReady("orders", "pricing");
        meshDev.await("orders   | hello from orders");
        meshDev.signal("TERM");
        meshDev.awaitExit();
        project.shell("grep -q 'hello from orders' \"$1\"/logs/shop-*/orders.log", project.home().toString());
        project.shell("! grep -qr 'hello from orders' \"$1\"/logs/mcp-mesh.log", project.home().toString());
    }

    @Test
    void theQuietOptionLeavesAgentsAndWarningsOnly() {
        project.with(project.agent("orders").late("print('talks', flush=True)"));
        MeshDev meshDev = project.launch("start", "agents/", "-q").run();
        meshDev.await("orders   | talks");
        project.shell("touch agents/orders.py");
        meshDev.await("orders   | talks", 2);
        assertEquals(0, meshDev.lines().stream().filter(line -> line.text().startsWith("mesh-dev")).count(), meshDev::output);
    }

    @Test
    void outputRedirectedIntoALogOnlyFileDoesNotFeedItself() {
        project.with(project.agent("orders"));
        project.launch().script("sh", "exec mesh-dev start agents/ >out.txt").run();
        Patience.until("ready", () -> project.log().contains("orders ready on"), project::log);
        Patience.staysFor("at most a few words about out.txt", TestProject.QUIET,
                () -> project.log().lines().filter(line -> line.contains("log only: out.txt")).count() <= 5, project::log);
    }

    @Test
    void nothingPrintedRightBeforeTheEndIsLostOnABusyMachine() {
        project.with(project.agent("orders").early("""
                os.write(1, b"".join(b"word %04d %050d\\n" % (i, 0) for i in range(1000)))
                os.kill(me, signal.SIGKILL)"""));
        for (String name : List.of("b1", "b2", "b3", "b4")) {
            project.with(project.agent(name).early("while True: pass"));
        }
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders: waiting for a change");
        List<String> told = meshDev.lines().stream().map(MeshDev.Line::text)
                .filter(line -> line.contains(" word ") || line.contains("orders failed to start") || line.contains("Too many")).toList();
        for (int life = 0; life < 3; life++) {
            for (int i = 0; i < 1000; i++) {
                assertTrue(told.get(life * 1001 + i).startsWith("orders   | word %04d ".formatted(i)), told.get(life * 1001 + i));
            }
            assertTrue(told.get(life * 1001 + 1000).startsWith("mesh-dev | orders"), told.get(life * 1001 + 1000));
        }
    }

    @Test
    void whoKeepsTheOutputOpenDelaysNothing() {
        project.with(project.agent("orders").early("""
                import subprocess
                subprocess.Popen(["sleep", "4"], start_new_session=True)
                print("last words", flush=True)
                note("DYING", NAME, time.monotonic_ns())
                os._exit(3)"""));
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\n");
        MeshDev meshDev = project.launch("start", "agents/").run();
        long told = meshDev.await("waiting for a change").nanos();
        long died = Long.parseLong(journal().facts("DYING", "orders").get(0).get(0));
        assertTrue(Duration.ofNanos(told - died).toMillis() < 1000, meshDev::output);
        meshDev.await("orders   | last words");
        Patience.until("the sleeper ends", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home()).stream()
                .noneMatch(one -> one.commandLine().startsWith("sleep")), meshDev::output);
    }

    @Test
    void whatAnAgentPrintsIsShownAtOnceWithoutAFlush() {
        project.with(project.agent("orders").late("""
                note("PRINTED", NAME, time.monotonic_ns())
                print("unflushed")"""));
        MeshDev meshDev = project.startReady("orders");
        long shown = meshDev.await("orders   | unflushed").nanos();
        long printed = Long.parseLong(journal().facts("PRINTED", "orders").get(0).get(0));
        assertTrue(Duration.ofNanos(shown - printed).toMillis() < 1000, meshDev::output);
    }

    @Test
    void aProgressBarIsALineForEachRedraw() {
        project.with(project.agent("orders").late("os.write(1, b'10%\\r20%\\r\\r30%\\tdone\\r\\nnext\\n')"));
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("orders   | next");
        List<String> bar = meshDev.lines().stream().map(MeshDev.Line::text).filter(line -> line.startsWith("orders   |")).toList();
        assertEquals(List.of("orders   | 10%", "orders   | 20%", "orders   | 30%\tdone", "orders   | next"), bar);
    }

    @Test
    void noAgentCanForgeALineOfMeshDevs() {
        project.with(project.agent("orders").late("""
                for start in ("", "\\r", "\\x1b[1A\\r", "\\x1b[2K", "\\u2028", "\\x85", "\\x0b", "\\x0c", "x\\n"):
                    print(start + "mesh-dev | Reload completed: orders in 1 ms (forged)", flush=True)
                print("that was it", flush=True)"""));
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("that was it");
        assertEquals(0, meshDev.reloads("orders"), meshDev::output);
        assertEquals(9, meshDev.lines().stream().filter(line -> line.text().startsWith("orders   |"))
                .filter(line -> line.text().contains("(forged)")).count(), meshDev::output);
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        project.shell("test \"$(grep -c 'Reload completed' \"$1\"/logs/mcp-mesh.log)\" = 1", project.home().toString());
    }
}
