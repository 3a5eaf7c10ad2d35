package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventHealthTest {
    private final EventHealth health = new EventHealth();

    private static Instant at(long seconds) {
        return Instant.EPOCH.plusSeconds(seconds);
    }

    private EventHealth.Verdict surprise(long second) {
        health.surprised(at(second));
        return health.judge(at(second).plus(EventHealth.GRACE));
    }

    @Test
    void withoutAnyChangeNothingIsInDoubt() {
        assertEquals(Optional.empty(), health.deadline());
        assertEquals(EventHealth.Verdict.FINE, health.judge(at(1000)));
    }

    @Test
    void anUnannouncedChangeGetsTwoSecondsForItsEventAndIsJudgedOnce() {
        health.surprised(at(10));
        health.surprised(at(11));
        assertEquals(Optional.of(at(12)), health.deadline());
        assertEquals(EventHealth.Verdict.FINE, health.judge(at(11)));
        assertEquals(EventHealth.Verdict.MISSED, health.judge(at(12)));
        assertEquals(EventHealth.Verdict.FINE, health.judge(at(13)));
        assertEquals(Optional.empty(), health.deadline());
    }

    @Test
    void aLateEventClearsTheDoubt() {
        health.surprised(at(10));
        health.heard();
        assertEquals(EventHealth.Verdict.FINE, health.judge(at(20)));
    }

    @Test
    void threeUnannouncedChangesInARowMeanThatNoEventsArrive() {
        assertEquals(EventHealth.Verdict.MISSED, surprise(10));
        assertEquals(EventHealth.Verdict.MISSED, surprise(20));
        assertEquals(EventHealth.Verdict.DEAF, surprise(30));
    }

    @Test
    void anAnnouncedChangeBeginsTheRowAgain() {
        surprise(10);
        surprise(20);
        health.announced();
        assertEquals(EventHealth.Verdict.MISSED, surprise(30));
    }

    @Test
    void anEventThatLeadsToNothingDoesNotBeginTheRowAgain() {
        surprise(10);
        surprise(20);
        health.heard();
        assertEquals(EventHealth.Verdict.DEAF, surprise(30));
    }
}
