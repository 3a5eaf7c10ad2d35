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
}
