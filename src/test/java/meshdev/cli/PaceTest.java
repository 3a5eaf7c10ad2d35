package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.EPOCH;

    private final Pace pace = new Pace();

    @Test
    void oneWaitsAsLongAsEveryChangeFindsIt() {
        assertEquals(1, pace.wanted(START));
        pace.changed(1, START);
        assertEquals(1, pace.wanted(START));
    }

    @Test
    void aChangeThatFindsNoneMeansTwoForHalfAnHour() {
        pace.changed(0, START);
        assertEquals(2, pace.wanted(START));
        assertEquals(2, pace.wanted(START.plus(Pace.KEPT).minusNanos(1)));
        assertEquals(1, pace.wanted(START.plus(Pace.KEPT)));
    }

    @Test
    void aChangeThatFindsOneOfTwoMeansHalfAnHourMoreAndOneThatFindsBothDoesNot() {
        pace.changed(0, START);
        Instant later = START.plus(Duration.ofMinutes(20));
        pace.changed(2, later);
        assertEquals(1, pace.wanted(START.plus(Pace.KEPT)));
        pace.changed(0, START);
        pace.changed(1, later);
        assertEquals(2, pace.wanted(START.plus(Pace.KEPT)));
        assertEquals(1, pace.wanted(later.plus(Pace.KEPT)));
    }
}
