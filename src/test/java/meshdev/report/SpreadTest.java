package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static Spread of(int... millis) {
        return Spread.of(IntStream.of(millis).mapToObj(Duration::ofMillis).toList());
    }

    private static Spread expected(int p50, int p95, int last, int count) {
        return new Spread(Duration.ofMillis(p50), Duration.ofMillis(p95), Duration.ofMillis(last), count);
    }

    @Test
    void oneTimeIsAll() {
        assertEquals(expected(7, 7, 7, 1), of(7));
    }

    @Test
    void theLastIsTheNewestHoweverLong() {
        assertEquals(expected(2, 9, 1, 4), of(9, 2, 3, 1));
    }

    @Test
    void ofAHundredTheNinetyFifthCounts() {
        List<Duration> times = new ArrayList<>();
        for (int millis = 100; millis > 0; millis--) {
            times.add(Duration.ofMillis(millis));
        }
        assertEquals(expected(50, 95, 1, 100), Spread.of(times));
    }

    @Test
    void millisecondsHaveOneDecimal() {
        assertEquals(0.4, Spread.millis(Duration.ofNanos(449_000)));
        assertEquals(612.0, Spread.millis(Duration.ofMillis(612)));
    }
}
