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

    @Test
    void ctrlCEndsAgentsWithExactlyOneSignalAndTheCodeIs130() {
        MeshDev meshDev = start();
        meshDev.type(CTRL_C);
        assertEquals(130, meshDev.awaitExit());
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
    }

    @Test
    void prefixesAreColouredUnlessTheUserMindsIt() {
        assertTrue(start().text(false).contains("\u001b["), "colours");
    }

    @Test
    void noColorIsHonoured() {
        assertFalse(start("NO_COLOR", "1").text(false).contains("\u001b["));
    }

    @Test
    void aDumbTerminalGetsPlainText() {
        assertFalse(start("TERM", "dumb").text(false).contains("\u001b["));
    }
}
