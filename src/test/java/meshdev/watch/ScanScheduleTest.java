package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScanScheduleTest {
    private static final WatchMode NATIVE = WatchMode.nativeEvents();
    private final ScanSchedule schedule = new ScanSchedule(at(0));

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }

    private void scan(long begin, long end, boolean changed, boolean settled) {
        schedule.begin();
        schedule.done(at(begin), at(end), changed, settled, NATIVE);
    }

    @Test
    void theFirstScanIsAtOnceAndTheNextUnaskedOneTwoSecondsLater() {
        assertEquals(at(0), schedule.next());
        scan(0, 1, false, true);
        assertEquals(at(2001), schedule.next());
    }

    @Test
    void anUnaskedScanOfABigTreeWaitsAThousandTimesItsOwnCost() {
        scan(0, 500, false, true);
        assertEquals(at(500_500), schedule.next());
    }

    @Test
    void oneSlowScanOnABusyMachineDoesNotPutOffTheNext() {
        scan(0, 1, false, true);
        scan(2001, 2101, false, true);
        assertEquals(at(4101), schedule.next());
    }

    @Test
    void aHintIsFollowedAtOnceButScansLeaveHalfOfTheTimeFree() {
        scan(0, 100, false, true);
        schedule.hinted(at(101));
        assertEquals(at(200), schedule.next());
        schedule.begin();
        schedule.done(at(200), at(210), true, true, NATIVE);
        schedule.hinted(at(500));
        schedule.hinted(at(600));
        assertEquals(at(500), schedule.next());
        assertEquals(at(500), schedule.seenAt(at(601)));
    }

    @Test
    void aHintThatShowedNothingGetsOneSecondLook() {
        scan(0, 1, false, true);
        schedule.hinted(at(50));
        scan(50, 51, false, true);
        assertEquals(at(81), schedule.next());
        scan(81, 82, false, true);
        assertEquals(at(2082), schedule.next());
    }

    @Test
    void aFileWrittenJustNowGetsASecondLook() {
        scan(0, 1, true, false);
        assertEquals(at(31), schedule.next());
    }

    @Test
    void failuresAreTriedAgainEverMoreSlowly() {
        schedule.failed(at(0));
        assertEquals(at(100), schedule.next());
        schedule.failed(at(100));
        assertEquals(at(300), schedule.next());
    }

    @Test
    void pollingGoesByItsInterval() {
        schedule.begin();
        schedule.done(at(0), at(2), false, true, WatchMode.polling(Duration.ofMillis(300), "asked for"));
        assertEquals(at(302), schedule.next());
    }
}
