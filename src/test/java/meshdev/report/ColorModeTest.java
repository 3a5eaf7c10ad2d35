package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorModeTest {
    @ParameterizedTest(name = "{0} NO_COLOR={1} FORCE_COLOR={2} TERM={3} terminal={4}: {5}")
    @CsvSource({
            "AUTO, , , xterm, true, true",
            "AUTO, , , xterm, false, false",
            "AUTO, , , dumb, true, false",
            "AUTO, , , , true, true",
            "AUTO, 1, , xterm, true, false",
            "AUTO, '', , xterm, true, true",
            "AUTO, , 1, xterm, false, true",
            "AUTO, , 1, dumb, false, true",
            "AUTO, , 0, xterm, true, false",
            "AUTO, , false, xterm, true, false",
            "AUTO, 1, 1, xterm, true, false",
            "ALWAYS, 1, , dumb, false, true",
            "NEVER, , 1, xterm, true, false",
    })
    void theFlagBeatsTheEnvironmentWhichBeatsTheTerminal(
            ColorMode mode, String noColor, String force, String term, boolean terminal, boolean expected) {
        Map<String, String> environment = new HashMap<>();
        put(environment, "NO_COLOR", noColor);
        put(environment, "FORCE_COLOR", force);
        put(environment, "TERM", term);
        assertEquals(expected, mode.isColored(environment, terminal));
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
