package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** On a real terminal: keys, colours. */
final class TerminalIT extends BlackBox {
    private static final String CTRL_C = "\u0003";

    private MeshDev start(String... variables) {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        Launch launch = project.launch("start", "agents/").inATerminal();
        for (int i = 0; i < variables.length; i += 2) {
            launch.env(variables[i], variables[i + 1]);
        }
        MeshDev meshDev = launch.run();
        meshDev.await("orders ready on :");
        meshDev.await("File watching enabled.");
        return meshDev;
    }

    private String shown(String... variables) {
        MeshDev meshDev = start(variables);
        meshDev.type(CTRL_C);
        meshDev.awaitExit();
        return meshDev.text(false);
    }

    @Test
    void ctrlCEndsAgentsWithExactlyOneSignalAndTheCodeIs130() {
        MeshDev meshDev = start();
        meshDev.type(CTRL_C);
        assertEquals(130, meshDev.awaitExit());
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
    }

    @Test
    void prefixesAreColouredUnlessTheUserMindsIt() {
        assertTrue(shown().contains("\u001b["), "colours");
    }

    @Test
    void coloursCanBeForcedWithoutATerminal() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/", "--color", "always").ready();
        assertTrue(meshDev.text(false).contains("\u001b["), meshDev::output);
    }

    @Test
    void inTheCLocaleMeshDevsOwnLinesAreAscii() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/").env("LC_ALL", "C").ready("orders");
        assertTrue(meshDev.text(false).chars().allMatch(c -> c < 128), meshDev::output);
    }

    @Test
    void closingTheTerminalEndsTheAgents() {
        MeshDev script = start();
        Proc meshDev = Proc.withEnvironment("MCP_MESH_HOME=" + project.home()).stream()
                .filter(one -> one.commandLine().contains("-jar ")).findFirst().orElseThrow();
        MeshDev.signal("KILL", script.pid());
        Patience.until("mesh-dev ends with its terminal", () -> !meshDev.isAlive(), script::output);
        assertFalse(project.log().contains("Killing"), project::log);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
    }

    @Test
    void noColorIsHonoured() {
        assertFalse(shown("NO_COLOR", "1").contains("\u001b["));
    }

    @Test
    void aDumbTerminalGetsPlainText() {
        assertFalse(shown("TERM", "dumb").contains("\u001b["));
    }

    @Test
    void ofWhatAgentsPrintOnlyColoursReachTheTerminalAndNoneIsLeftOn() {
        project.with(project.agent("orders").late("""
                os.write(1, b"\\x1b]52;c;aGk=\\x07\\x1b]0;title\\x07\\x1b[2J\\x1bPdcs\\x1b\\\\\\x1b_apc\\x1b\\\\\\x1b[5Aplain\\n")
                os.write(1, b"\\x1b[31mred and on\\n\\xef\\xbb\\xbfmark \\xe4\\xb8\\x96 \\xe2\\x80\\xaeturned\\n")"""));
        MeshDev meshDev = project.launch("start", "agents/").inATerminal().run();
        meshDev.await("turned");
        String output = meshDev.text(false);
        assertTrue(output.contains("\u001b[0m plain\n"), () -> output.replace('\u001b', '~'));
        assertTrue(output.contains("\u001b[0m \u001b[31mred and on\u001b[0m\n"), () -> output.replace('\u001b', '~'));
        assertTrue(output.contains("mark \u4e16 \\u202eturned"), () -> output.replace('\u001b', '~'));
        project.shell("! grep -q \"$(printf '\\033')\" \"$1\"/logs/shop-*/orders.log && grep -q 'red and on$' \"$1\"/logs/shop-*/orders.log",
                project.home().toString());
    }

    @Test
    void aTerminalOneColumnWideGetsTheSameLines() {
        project.with(project.agent("orders").late("print('a line of some words', flush=True)"));
        MeshDev meshDev = project.launch().script("sh", "'stty cols 1; exec mesh-dev start agents/ --color never'").inATerminal().run();
        meshDev.await("orders   | a line of some words");
    }

    @Test
    void theLogHasTheTimeWithItsOffset() {
        project.with(project.agent("orders"));
        project.launch("start", "agents/").env("TZ", "Asia/Kolkata").ready("orders");
        assertTrue(project.log().lines().allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}\\+05:30 .*")), project::log);
    }
}
