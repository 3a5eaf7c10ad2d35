package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationRuleTest {
    private static final String DELAY = "; use 0 to 60000 (milliseconds), or a number with a unit such as \"500ms\""
            + " or \"1.5s\"";

    @ParameterizedTest
    @CsvSource({"0, 0", "500, 500", "60000, 60000", "500ms, 500", "1s, 1000", "1.5s, 1500", "0.25s, 250", ".5s, 500",
            "1m, 60000", "0.5m, 30000", "' 1 s ', 1000", "1.5ms, 1", "0s, 0", "0.0015s, 1"})
    void aReloadDelayIsMillisecondsOrHasAUnit(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), DurationRule.RELOAD_DELAY.of(new Said(text, "x")));
    }

    @ParameterizedTest
    @CsvSource({
            "-5, is negative", "0500, 'begins with a zero, which YAML reads as octal'",
            "00, 'begins with a zero, which YAML reads as octal'", "1:30, would be read to base 60 by YAML",
            "1_000, contains an underscore", "1e3, has an exponent", "1E3, has an exponent", "1e+3, has an exponent",
            "0x1F4, is not decimal", "0o17, is not decimal", "500.0, has a fraction but no unit",
            "60001, is out of range", "61s, is out of range", "2m, is out of range",
            "99999999999999999999, is out of range", "abc, is no duration", "'', is no duration", "ms, is no duration",
            "1.2.3, is no duration", "1.s, is no duration", ".s, is no duration", "., is no duration",
            "5h, is no duration", "+5, is no duration", "٥, is no duration", "2001-01-01, is no duration"})
    void whatYamlWouldReadAsAnotherNumberIsRefused(String text, String why) {
        ConfigException e = assertThrows(ConfigException.class,
                () -> DurationRule.RELOAD_DELAY.of(new Said(text, "--reload-delay")));
        assertEquals("--reload-delay: \"" + text + "\" " + why + DELAY, e.getMessage());
    }

    @Test
    void rawScalarsOfTheFileAreJudgedByTheSameRule() {
        assertEquals(".meshwatch:1:15: reload_delay: \"0500\" begins with a zero, which YAML reads as octal" + DELAY,
                MeshwatchText.fault("reload_delay: 0500"));
        assertEquals(".meshwatch:1:15: reload_delay: \"1:30\" would be read to base 60 by YAML" + DELAY,
                MeshwatchText.fault("reload_delay: 1:30"));
        assertEquals(".meshwatch:1:15: reload_delay: \"-5\" is negative" + DELAY,
                MeshwatchText.fault("reload_delay: -5"));
    }

    @ParameterizedTest
    @CsvSource({"5, 5000", "0, 0", "500ms, 500", "2m, 120000", "600, 600000"})
    void aPlainStopTimeoutIsSeconds(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), DurationRule.STOP_TIMEOUT.of(new Said(text, "x")));
    }

    @Test
    void aPlainStartupWindowIsSecondsAndNeverNothing() {
        assertEquals(Duration.ofSeconds(10), DurationRule.STARTUP_WINDOW.of(new Said("10", "x")));
        ConfigException e = assertThrows(ConfigException.class,
                () -> DurationRule.STARTUP_WINDOW.of(new Said("0", "startup_window")));
        assertEquals("startup_window: \"0\" is out of range; use seconds up to 600, or a number with a unit such as"
                + " \"500ms\" or \"1.5s\"", e.getMessage());
    }
}
