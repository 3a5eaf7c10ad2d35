package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sources of events that are told by the test whether they work, and time given by hand. */
class LookoutTest {
    private final List<Native> made = new ArrayList<>();
    private final List<WatchNotice> notices = new ArrayList<>();
    private final Lookout lookout = new Lookout(this::make, source -> new WatchInbox(Instant::now).hintsOf(source), notices::add);
    private Instant now = Instant.EPOCH;

    private static final class Native implements ChangeSource {
        private boolean started;
        private boolean listening;
        private boolean closed;

        @Override
        public void start(Hints hints) {
            started = true;
        }

        @Override
        public void refresh() {
            // nothing is bound
        }

        @Override
        public boolean listening() {
            return listening;
        }

        @Override
        public WatchMode mode() {
            return WatchMode.nativeEvents();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private ChangeSource make() {
        made.add(new Native());
        return made.get(made.size() - 1);
    }

    private Native newest() {
        return made.get(made.size() - 1);
    }

    @BeforeEach
    void start() {
        lookout.start();
        listen();
    }

    private void listen() {
        newest().listening = true;
        lookout.hinted(false);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        lookout.runDue(now);
    }

    private void unannouncedChange() {
        lookout.scanned(now, true, false, false);
        pass(EventHealth.GRACE);
    }

    private void announcedChange() {
        lookout.hinted(true);
        lookout.scanned(now, true, true, true);
    }

    private void becomeDeaf() {
        unannouncedChange();
        listen();
        unannouncedChange();
        listen();
        unannouncedChange();
    }

    private WatchMode.Kind kind() {
        return lookout.mode().kind();
    }

    @Test
    void anUnannouncedChangeIsAnsweredByANewSession() {
        unannouncedChange();
        assertEquals(2, made.size());
        assertTrue(made.get(0).closed && newest().started);
        assertEquals(WatchMode.Kind.NATIVE, kind());
        assertEquals(List.of(), notices);
    }

    @Test
    void changesWhileNoSessionListensSayNothingAboutEvents() {
        newest().listening = false;
        unannouncedChange();
        assertEquals(1, made.size());
    }

    @Test
    void aChangeThatAHintWithoutAnEventLedToSaysNothingAboutEvents() {
        lookout.scanned(now, true, true, false);
        pass(EventHealth.GRACE);
        assertEquals(1, made.size());
    }

    @Test
    void whenNewSessionsHearNothingEitherScansTakeOverAndTheReasonIsTold() {
        becomeDeaf();
        assertEquals(WatchMode.Kind.POLLING, kind());
        assertEquals(List.of(new WatchNotice.ModeChanged(lookout.mode())), notices);
        assertTrue(lookout.mode().reason().contains("without events"), lookout.mode().reason());
        assertTrue(made.stream().allMatch(source -> source.closed));
    }

    @Test
    void afterAMinuteEventsAreTriedAgainAndTakenOnlyWhenTheyAnnounceAChange() {
        becomeDeaf();
        int before = made.size();
        pass(Lookout.FIRST_RETRY.minusMillis(1));
        assertEquals(before, made.size());
        pass(Duration.ofMillis(1));
        assertEquals(before + 1, made.size());
        listen();
        assertEquals(WatchMode.Kind.POLLING, kind());
        announcedChange();
        assertEquals(WatchMode.Kind.NATIVE, kind());
        assertEquals(2, notices.size());
        assertFalse(newest().closed);
    }

    @Test
    void whoStaysDeafIsTriedEverMoreRarelyAndNothingMoreIsTold() {
        becomeDeaf();
        pass(Lookout.FIRST_RETRY);
        listen();
        unannouncedChange();
        unannouncedChange();
        unannouncedChange();
        assertTrue(newest().closed);
        int tried = made.size();
        pass(Lookout.FIRST_RETRY);
        assertEquals(tried, made.size());
        pass(Lookout.FIRST_RETRY);
        assertEquals(tried + 1, made.size());
        assertEquals(1, notices.size());
    }

    @Test
    void afterALimitEventsAreTakenAsSoonAsTheyCanBeHad() {
        lookout.failed(newest(), "too few watches", now);
        assertEquals("too few watches", lookout.mode().reason());
        pass(Lookout.FIRST_RETRY);
        lookout.failed(newest(), "still too few", now);
        assertEquals(1, notices.size());
        pass(Lookout.FIRST_RETRY.multipliedBy(2));
        assertEquals(WatchMode.Kind.POLLING, kind());
        listen();
        assertEquals(WatchMode.Kind.NATIVE, kind());
        assertEquals(2, notices.size());
        announcedChange();
        assertEquals(2, notices.size());
    }

    @Test
    void aFailureOfASourceThatWasGivenUpChangesNothing() {
        Native first = newest();
        unannouncedChange();
        lookout.failed(first, "late words", now);
        assertEquals(WatchMode.Kind.NATIVE, kind());
    }

    @Test
    void theModeIsSettledWhenEventsAreToldOrCannotBeHad() {
        assertEquals(WatchMode.Kind.NATIVE, lookout.settled().getNow(WatchMode.polling(Duration.ofDays(1), "not yet")).kind());
        Lookout other = new Lookout(this::make, source -> new WatchInbox(Instant::now).hintsOf(source), notices::add);
        other.start();
        assertFalse(other.settled().isDone());
        other.failed(newest(), "too few watches", now);
        assertEquals("too few watches", other.settled().join().reason());
    }

    @Test
    void whoAskedForScansNeverGetsEvents() {
        Lookout asked = new Lookout(() -> new PollingChangeSource(Duration.ofSeconds(1), "asked for"),
                source -> new WatchInbox(Instant::now).hintsOf(source), notices::add);
        asked.start();
        assertTrue(asked.settled().isDone());
        asked.scanned(now, true, false, false);
        asked.runDue(now.plus(Duration.ofDays(1)));
        assertEquals("asked for", asked.mode().reason());
        assertEquals(1, made.size());
    }
}
