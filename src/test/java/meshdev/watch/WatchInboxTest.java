package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchInboxTest {
    private Instant now = Instant.EPOCH;
    private final WatchInbox inbox = new WatchInbox(() -> now);
    private final ChangeSource source = new PollingChangeSource(Duration.ofSeconds(1), "any");
    private final ChangeSource.Hints hints = inbox.hintsOf(source);

    @Test
    void aMillionHintsAreOneTheEarliestAndAFewFiles() {
        for (int i = 0; i < 1_000_000; i++) {
            hints.changed(Path.of("f" + i % 100));
            now = now.plusNanos(1);
        }
        assertEquals(Optional.of(Instant.EPOCH), inbox.takeHint());
        assertEquals(16, inbox.takeTouched().size());
        assertEquals(Optional.empty(), inbox.takeHint());
        assertFalse(inbox.hasTouched());
    }

    @Test
    void whetherAHintWasAnEventIsKept() {
        hints.unsure();
        assertTrue(inbox.takeHint().isPresent());
        assertFalse(inbox.takeEvent());
        hints.unsure();
        hints.changed();
        hints.unsure();
        assertTrue(inbox.takeEvent());
        assertFalse(inbox.takeEvent());
    }

    @Test
    void questionsBeyondAThousandAreRefused() {
        WatchInbox.Question question = new WatchInbox.Question(List.of(), changes -> { });
        for (int i = 0; i < 1000; i++) {
            assertTrue(inbox.ask(question));
        }
        assertFalse(inbox.ask(question));
        assertTrue(inbox.takeQuestion().isPresent());
        assertTrue(inbox.ask(question));
    }

    @Test
    void anythingThatComesEndsTheWaiting() throws InterruptedException {
        long begin = System.nanoTime();
        hints.unsure();
        inbox.await(Duration.ofSeconds(30).toNanos());
        inbox.ask(new WatchInbox.Question(List.of(), changes -> { }));
        inbox.await(Duration.ofSeconds(30).toNanos());
        hints.failed("too few watches");
        inbox.await(Duration.ofSeconds(30).toNanos());
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(10).toNanos());
        WatchInbox.Failure failure = inbox.takeFailure().orElseThrow();
        assertEquals("too few watches", failure.reason());
        assertEquals(source, failure.source());
    }
}
