package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import meshdev.config.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {
    @ParameterizedTest
    @CsvSource({
            "2026-11-23T20:00:00.123Z, UTC, 2026-11-23T20:00:00.123+00:00",
            "2026-11-23T20:00:00Z, Europe/Berlin, 2026-11-23T21:00:00.000+01:00",
            "2026-07-01T23:30:09.007999Z, Europe/Berlin, 2026-07-02T01:30:09.007+02:00",
            "2026-01-01T00:00:00.05Z, America/St_Johns, 2025-12-31T20:30:00.050-03:30",
    })
    void timesAreIsoWithMillisecondsAndTheOffsetOfTheirDay(Instant time, ZoneId zone, String expected) {
        assertEquals(expected + " x", new LineFormat(zone).agent(time, "x").toString());
    }

    @Test
    void linesOfMeshDevSayLevelAndProject() {
        LineFormat format = new LineFormat(ZoneId.of("UTC"));
        Instant time = Instant.parse("2026-11-23T20:00:00.123Z");
        assertEquals("2026-11-23T20:00:00.123+00:00 INFO  [shop] Reload completed: orders",
                format.own(time, LogLevel.INFO, "shop", "Reload completed: orders").toString());
        assertEquals("2026-11-23T20:00:00.123+00:00 ERROR [shop] x",
                format.own(time, LogLevel.ERROR, "shop", "x").toString());
    }

    @Test
    void linesArePlainAndCannotForgeAnother() {
        LineFormat format = new LineFormat(ZoneId.of("UTC"));
        Instant time = Instant.parse("2026-11-23T20:00:00Z");
        assertEquals("2026-11-23T20:00:00.000+00:00 red\\x0aforged",
                format.agent(time, "\u001b[31mred\u001b[0m\nforged").toString());
    }
}
