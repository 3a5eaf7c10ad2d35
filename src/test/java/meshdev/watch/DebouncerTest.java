package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DebouncerTest {
    private static final Instant START = Instant.EPOCH;
    private final Debouncer debouncer = new Debouncer(Duration.ofMillis(500));

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private static Set<Path> file(String name) {
        return Set.of(Path.of(name));
    }

    @Test
    void aChangeIsDueAfterTheDelayHasBeenQuiet() {
        debouncer.changed("a", file("1"), at(0));
        debouncer.changed("a", file("2"), at(400));
        assertEquals(Optional.of(at(900)), debouncer.nextDeadline());
        assertTrue(debouncer.due(at(899)).isEmpty());
        Debouncer.Due due = debouncer.due(at(900)).get(0);
        assertEquals(Set.of(Path.of("1"), Path.of("2")), due.files());
        assertEquals(at(0), due.firstAt());
        assertEquals(at(400), due.lastAt());
        assertTrue(debouncer.nextDeadline().isEmpty());
    }

    @Test
    void anEndlessWriterIsDueAtTheCap() {
        for (int millis = 0; millis <= 5000; millis += 100) {
            debouncer.changed("a", file("1"), at(millis));
        }
        assertEquals(Optional.of(at(5000)), debouncer.nextDeadline());
        assertEquals(1, debouncer.due(at(5000)).size());
    }

    @Test
    void theCapGrowsWithTheDelay() {
        Debouncer slow = new Debouncer(Duration.ofSeconds(2));
        for (int millis = 0; millis <= 19_000; millis += 1000) {
            slow.changed("a", file("1"), at(millis));
        }
        assertEquals(Optional.of(at(20_000)), slow.nextDeadline());
    }

    @Test
    void aheadOfTimeAKeyIsDueTheLeadBeforeItIsQuietAndSaysWhenItWillBe() {
        Debouncer ahead = new Debouncer(Duration.ofMillis(500), Duration.ofMillis(20));
        ahead.changed("a", file("1"), at(0));
        assertTrue(ahead.due(at(479)).isEmpty());
        assertEquals(at(500), ahead.due(at(480)).get(0).quietAt());
    }

    @Test
    void theLeadIsAFifthOfAShortDelay() {
        Debouncer ahead = new Debouncer(Duration.ofMillis(50), Duration.ofMillis(20));
        ahead.changed("a", file("1"), at(0));
        assertEquals(Optional.of(at(40)), ahead.nextDeadline());
    }

    @Test
    void anEndlessWriterIsDueAtTheCapAndNotAheadOfIt() {
        Debouncer ahead = new Debouncer(Duration.ofMillis(500), Duration.ofMillis(20));
        for (int millis = 0; millis <= 4990; millis += 10) {
            ahead.changed("a", file("1"), at(millis));
        }
        assertEquals(Optional.of(at(5000)), ahead.nextDeadline());
        assertEquals(at(5000), ahead.due(at(5000)).get(0).quietAt());
    }

    @Test
    void whatIsPostponedIsDueThenOrWhenItIsQuietAgain() {
        debouncer.changed("a", file("1"), at(0));
        Debouncer.Due due = debouncer.due(at(500)).get(0);
        debouncer.postpone(due, at(520));
        assertEquals(Optional.of(at(520)), debouncer.nextDeadline());
        debouncer.changed("a", file("2"), at(510));
        assertEquals(Optional.of(at(1010)), debouncer.nextDeadline());
        Debouncer.Due again = debouncer.due(at(1010)).get(0);
        assertEquals(at(0), again.firstAt());
        assertEquals(Set.of(Path.of("1"), Path.of("2")), again.files());
    }

    @Test
    void withoutDelayAChangeIsDueAtOnce() {
        Debouncer none = new Debouncer(Duration.ZERO);
        none.changed("a", file("1"), at(7));
        assertEquals(1, none.due(at(7)).size());
    }

    @Test
    void keysDoNotDelayEachOther() {
        debouncer.changed("a", file("1"), at(0));
        debouncer.changed("b", file("1"), at(300));
        List<Debouncer.Due> due = debouncer.due(at(500));
        assertEquals(List.of("a"), due.stream().map(Debouncer.Due::key).toList());
        debouncer.forget("b");
        assertTrue(debouncer.nextDeadline().isEmpty());
    }
}
