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
                for _ in range(50):
                    sys.stdout.write("x" * (1 << 20))
                print(flush=True)
                print("after it", flush=True)"""));
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("orders   | after it");
        String cut = meshDev.await("bytes cut]").text();
        assertTrue(cut.length() < 17_000, "cut");
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
    void aFloodKeepsOtherAgentsAndControlResponsive() {
        project.with(project.agent("flood").late("""
                while True:
                    os.write(1, (b"%080d\\n" % 7) * 800)"""), project.agent("orders"));
        MeshDev meshDev = project.startReady("orders", "flood");
        project.with(project.agent("orders").version(2));
        Patience.until("a reload in spite of the flood", Duration.ofSeconds(10),
                () -> TestProject.ask(journal().lastPort("orders")).equals("orders 2"), () -> "still the old one");
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit(Duration.ofSeconds(10)));
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
}
