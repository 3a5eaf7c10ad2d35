package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleLayoutTest {
    @Test
    void prefixesAreAsWideAsTheLongestName() {
        ConsoleLayout narrow = new ConsoleLayout(List.of("a", "orders"), false);
        assertEquals("a        | x", narrow.line("a", "x"));
        assertEquals("orders   | x", narrow.line("orders", "x"));
        assertEquals("mesh-dev | x", narrow.line("mesh-dev", "x"));
        ConsoleLayout wide = new ConsoleLayout(List.of("a", "a-long-name"), false);
        assertEquals("mesh-dev    | x", wide.line(ConsoleLayout.OWN_NAME, "x"));
        assertEquals("a-long-name | x", wide.line("a-long-name", "x"));
    }

    @Test
    void anAgentThatAppearsLaterHasAPrefixToo() {
        assertEquals("appeared-later | x", new ConsoleLayout(List.of(), false).line("appeared-later", "x"));
    }

    @Test
    void withoutColourNoEscapeIsWritten() {
        assertEquals("orders   | red", new ConsoleLayout(List.of("orders"), false).line("orders", "\u001b[31mred"));
    }

    @Test
    void aColourEndsWithItsPrefixAndWithItsLine() {
        String line = new ConsoleLayout(List.of("orders"), true).line("orders", "\u001b[31mred");
        assertTrue(line.matches("\u001b\\[38;5;\\d+morders   \\|\u001b\\[0m \u001b\\[31mred\u001b\\[0m"), line);
    }

    @Test
    void aLineCannotForgeAnother() {
        ConsoleLayout layout = new ConsoleLayout(List.of("orders"), true);
        String line = layout.line("orders", "x\n\rmesh-dev | Reload completed\u001b[1G");
        assertTrue(line.endsWith(" x\\x0a\\x0dmesh-dev | Reload completed"), line);
    }

    @Test
    void coloursAreStableAndDifferAsLongAsThePaletteReaches() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        ConsoleLayout layout = new ConsoleLayout(names, true);
        Set<String> colors = new HashSet<>();
        for (String name : names) {
            colors.add(colorOf(layout, name));
            assertEquals(colorOf(layout, name), colorOf(new ConsoleLayout(names, true), name));
        }
        assertEquals(names.size(), colors.size());
        assertNotEquals(colorOf(layout, "a"), colorOf(layout, "mesh-dev"));
    }

    private static String colorOf(ConsoleLayout layout, String name) {
        String line = layout.line(name, "");
        return line.substring(0, line.indexOf('m'));
    }
}
