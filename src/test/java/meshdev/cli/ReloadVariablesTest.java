package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReloadVariablesTest {
    private static final Path ROOT = Path.of("/shop");

    private static String reason(Set<Path> changed) {
        return ReloadVariables.of(1, changed, ROOT, OptionalLong.empty()).get("MCP_MESH_RELOAD_REASON");
    }

    @Test
    void aFirstStartIsToldNothing() {
        assertEquals(Map.of(), ReloadVariables.of(0, Set.of(ROOT.resolve("a.py")), ROOT, OptionalLong.empty()));
    }

    @Test
    void aReloadIsToldItsNumberItsFilesAndWhomItFollows() {
        assertEquals(Map.of("MCP_MESH_RELOAD_COUNT", "2", "MCP_MESH_RELOAD_REASON", "lib/tax.py", "MCP_MESH_PREVIOUS_PID", "42"),
                ReloadVariables.of(2, Set.of(ROOT.resolve("lib/tax.py")), ROOT, OptionalLong.of(42)));
    }

    @Test
    void aLaunchAfterACrashHasNoReason() {
        assertEquals(Map.of("MCP_MESH_RELOAD_COUNT", "2", "MCP_MESH_PREVIOUS_PID", "42"),
                ReloadVariables.of(2, Set.of(), ROOT, OptionalLong.of(42)));
    }

    @Test
    void filesHaveAnOrderAndThoseOutsideTheProjectTheirWholePath() {
        Set<Path> changed = new LinkedHashSet<>(List.of(ROOT.resolve("b.py"), Path.of("/other/c.py"), ROOT.resolve("a b.py")));
        assertEquals("/other/c.py,a b.py,b.py", reason(changed));
    }

    @Test
    void manyFilesAreCounted() {
        Set<Path> changed = new LinkedHashSet<>();
        for (int number = 1000; number < 6000; number++) {
            changed.add(ROOT.resolve("module" + number + ".py"));
        }
        String reason = reason(changed);
        assertTrue(reason.startsWith("module1000.py,module1001.py,") && reason.length() < 2100, reason);
        long named = reason.chars().filter(c -> c == ',').count();
        assertTrue(reason.endsWith(",and " + (5000 - named) + " more"), reason);
        assertEquals("and 1 more", reason(Set.of(ROOT.resolve("x".repeat(3000)))));
    }
}
