package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final DecisionLog log = new DecisionLog();
    private Instant now = Instant.EPOCH;

    private static FileDecision about(String file) {
        return new FileDecision(FileDecision.Kind.REFUSED, Path.of("/p", file), "no rule", Map.of());
    }

    @Test
    void theNewestThousandAreKept() {
        for (int i = 0; i < 5000; i++) {
            log.note(about("f" + i), now.plusSeconds(i));
        }
        List<DecisionLog.Entry> entries = log.entries();
        assertEquals(DecisionLog.MOST, entries.size());
        assertEquals(about("f4000"), entries.get(0).decision());
        assertEquals(about("f4999"), entries.get(999).decision());
    }

    @Test
    void aDecisionMadeAgainIsOneEntryThatCountsAndIsTheNewest() {
        log.note(about("a"), now);
        log.note(about("b"), now.plusSeconds(1));
        for (int i = 2; i < 100; i++) {
            log.note(about("a"), now.plusSeconds(i));
        }
        assertEquals(List.of(about("b"), about("a")), log.entries().stream().map(DecisionLog.Entry::decision).toList());
        DecisionLog.Entry newest = log.entries().get(1);
        assertEquals(99, newest.times());
        assertEquals(now, newest.firstAt());
        assertEquals(now.plusSeconds(99), newest.lastAt());
    }

    @Test
    void whatIsDecidedAgainAndAgainIsToldOnceASecond() {
        assertTrue(log.note(about("a"), now));
        int told = 0;
        for (int i = 0; i < 3000; i++) {
            now = now.plusMillis(1);
            told += log.note(about("a"), now) ? 1 : 0;
        }
        assertEquals(3, told);
        assertTrue(log.note(about("b"), now));
        assertFalse(log.note(about("b"), now));
    }

    @Test
    void anotherDecisionAboutTheSameFileIsAnotherEntry() {
        FileDecision before = new FileDecision(FileDecision.Kind.RELOAD, Path.of("/p/a"), "rule", Map.of("orders", ""));
        FileDecision after = new FileDecision(FileDecision.Kind.RELOAD, Path.of("/p/a"), "rule", Map.of());
        assertTrue(log.note(before, now));
        assertTrue(log.note(after, now));
        assertEquals(2, log.entries().size());
    }
}
