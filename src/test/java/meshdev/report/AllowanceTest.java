package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final int LINE = 1024 - 32;
    private static final Instant BEGIN = Instant.EPOCH;

    private final Allowance allowance = new Allowance();

    @Test
    void aGoodDealMayBePrintedAtOnce() {
        assertEquals(Allowance.CHARS_AT_ONCE / 1024, admitted(BEGIN));
        assertFalse(allowance.admits(0, BEGIN));
    }

    @Test
    void afterThatItIsASecondsWorthASecondAndNothingInBetween() {
        admitted(BEGIN);
        assertFalse(allowance.admits(1, BEGIN.plusMillis(999)));
        assertEquals(Allowance.CHARS_A_SECOND / 1024, admitted(BEGIN.plusMillis(1000)));
        assertEquals(0, admitted(BEGIN.plusMillis(1999)));
        assertEquals(Allowance.CHARS_A_SECOND / 1024, admitted(BEGIN.plusMillis(2000)));
    }

    @Test
    void quietTimeIsCreditedButNeverMoreThanAtFirst() {
        admitted(BEGIN);
        assertEquals(3 * Allowance.CHARS_A_SECOND / 1024, admitted(BEGIN.plusSeconds(3)));
        assertEquals(Allowance.CHARS_AT_ONCE / 1024, admitted(BEGIN.plusSeconds(1_000_000)));
    }

    @Test
    void linesWithoutTextCountToo() {
        long lines = 0;
        while (allowance.admits(0, BEGIN)) {
            lines++;
        }
        assertTrue(lines < 300_000, "lines: " + lines);
    }

    private int admitted(Instant now) {
        int lines = 0;
        while (allowance.admits(LINE, now)) {
            lines++;
        }
        return lines;
    }
}
