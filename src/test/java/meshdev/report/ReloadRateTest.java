package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadRateTest {
    private static final Instant BEGIN = Instant.EPOCH;

    private static List<Instant> reloads(int count, Duration apart) {
        List<Instant> reloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reloads.add(BEGIN.plus(apart.multipliedBy(i)));
        }
        return reloads;
    }

    @Test
    void nothingIsNotTooMuch() {
        assertEquals(new ReloadRate(0, 0), ReloadRate.of(List.of(), BEGIN));
    }

    @Test
    void twentyWithinAMinuteAreAPersonOneMoreIsATool() {
        assertFalse(ReloadRate.of(reloads(20, Duration.ofSeconds(1)), BEGIN.plusSeconds(20)).isTooMany());
        ReloadRate rate = ReloadRate.of(reloads(21, Duration.ofSeconds(1)), BEGIN.plusSeconds(21));
        assertTrue(rate.isTooMany());
        assertTrue(rate.sentence().startsWith("21 reloads within a minute, more than 20: "), rate.sentence());
        assertTrue(rate.sentence().contains("exclude in .meshwatch"), rate.sentence());
    }

    @Test
    void manyOverALongTimeAreNotTooMany() {
        assertEquals(new ReloadRate(12, 12), ReloadRate.of(reloads(500, Duration.ofSeconds(5)), BEGIN.plusSeconds(499 * 5)));
    }

    @Test
    void aBurstIsRememberedForAnHour() {
        List<Instant> burst = reloads(30, Duration.ofSeconds(1));
        assertEquals(new ReloadRate(0, 30), ReloadRate.of(burst, BEGIN.plus(Duration.ofMinutes(30))));
        assertEquals(new ReloadRate(0, 0), ReloadRate.of(burst, BEGIN.plus(Duration.ofMinutes(62))));
    }
}
