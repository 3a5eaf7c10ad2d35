package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long agents are looked for in the registry, and who is taken out of it. */
@Timeout(30)
class RegistrationsTest {
    private static final Registrant ORDERS = new Registrant("orders-0a1b2c3d", "orders", 9001);
    private static final String REGISTERED = "registered";
    private static final String NOT_ASKED = "not registered";
    private static final String LATE = "not registered within " + RegistrationHistory.FIRST_LIMIT;

    private final BlockingQueue<String> settled = new LinkedBlockingQueue<>();
    private final Registrations.Listener listener = new Registrations.Listener() {
        @Override
        public void registered() {
            settled.add(REGISTERED);
        }

        @Override
        public void notRegistered(Optional<Duration> late) {
            settled.add(NOT_ASKED + late.map(limit -> " within " + limit).orElse(""));
        }
    };
    private final List<String> removed = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> removals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Place> taken = new LinkedBlockingQueue<>();
    private volatile List<RegistryRow> rows = List.of();
    private volatile List<RegistryRow> told = List.of();
    private volatile String heartbeat = "as before";
    private volatile boolean failing;
    private volatile boolean refusing;
    private final Semaphore looked = new Semaphore(0);
    private volatile Standing.Kind standing = Standing.Kind.EMBEDDED;
    private volatile Instant now = Instant.EPOCH;
    private final Registrations registrations = new Registrations(new Fake(), () -> standing, () -> now);

    @BeforeEach
    void begin() {
        registrations.begin();
    }

    @AfterEach
    void end() {
        registrations.close();
    }

    @Test
    void anAgentIsSettledWhenItsNewProcessIsInTheRegistry() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(3);
        assertTrue(settled.isEmpty(), "the row is its last process's");
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        assertEquals(REGISTERED, next());
        registrations.close();
        assertTrue(settled.isEmpty(), "said once");
    }

    @Test
    void aRegistryThatFailsMeanwhileIsAskedAgain() throws Exception {
        failing = true;
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(3);
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        failing = false;
        awaitLookAt(rows);
        awaitLooks(2);
        assertTrue(settled.isEmpty(), "the row may be its last process's");
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        assertEquals(REGISTERED, next());
    }

    @Test
    void aRegistryThatFailsAtALaunchIsAskedAgainBeforeTheAgentServes() throws Exception {
        failing = true;
        registrations.launched("orders");
        awaitLooks(3);
        rows = List.of(row("pricing-0a1b2c3d", "healthy", "t1"));
        failing = false;
        awaitLookAt(rows);
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.await(ORDERS, listener);
        assertEquals(REGISTERED, next());
    }

    @Test
    void anAgentThatRegistersBeforeTheRegistryWasAskedAboutItsLaunchIsInIt() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.await(ORDERS, listener);
        assertEquals(REGISTERED, next());
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        assertEquals(REGISTERED, next());
    }

    @Test
    void whatTheLastProcessSaidInItsLastMomentsIsNotTheNewOnesWord() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.await(ORDERS, listener);
        assertEquals(REGISTERED, next());
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        registrations.launched("orders");
        awaitAllDone();
        now = now.plusSeconds(1);
        registrations.await(ORDERS, listener);
        awaitLooks(2);
        assertTrue(settled.isEmpty());
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t3"));
        assertEquals(REGISTERED, next());
    }

    @Test
    void anAgentThatCallsItselfSomethingElseIsKnownByWhereItListens() throws Exception {
        rows = List.of(row("tax-service-11111111", "healthy", "t1"));
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(3);
        assertTrue(settled.isEmpty(), "whoever it was, it was there before");
        rows = List.of(row("tax-service-11111111", "healthy", "t1"), row("tax-service-22222222", "healthy", "t2"));
        assertEquals(REGISTERED, next());
        registrations.farewell(ORDERS, Farewell.Successor.SAME_PORT);
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        registrations.close();
        assertEquals(List.of("tax-service-22222222"), removed);
    }

    @Test
    void anAgentThatNeverRegistersIsToldOnceAndNotWaitedForTwice() throws Exception {
        waitInVain();
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        assertEquals(LATE, next());
    }

    @Test
    void oneThatRegistersAfterAllIsToldAndWaitedForAgain() throws Exception {
        anAgentThatNeverRegistersIsToldOnceAndNotWaitedForTwice();
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        assertEquals(REGISTERED, next());
        registrations.launched("orders");
        assertWaitedFor();
    }

    @Test
    void oneThatRegistersSoonAfterItWasWaitedForIsToldToo() throws Exception {
        waitInVain();
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        assertEquals(REGISTERED, next());
    }

    @Test
    void oneThatRegistersWhenNobodyLooksAnyMoreIsWaitedForAtItsNextLaunch() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "unhealthy", "t1"));
        neverSeen();
        registrations.launched("orders");
        awaitAllDone();
        registrations.await(ORDERS, listener);
        assertEquals(LATE, next(), "the row is as old as before");
        now = now.plus(RegistrationHistory.LIMIT);
        awaitAnotherLook();
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        registrations.launched("orders");
        assertWaitedFor();
    }

    private void waitInVain() throws InterruptedException {
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(2);
        now = now.plus(RegistrationHistory.FIRST_LIMIT);
        assertEquals(LATE, next());
    }

    /** All that looks for it is over. */
    private void neverSeen() throws InterruptedException {
        waitInVain();
        now = now.plus(RegistrationHistory.LIMIT);
        awaitAnotherLook();
    }

    /** Until a look that began after this call is over: what is asked for second is done behind it. */
    private void awaitAnotherLook() throws InterruptedException {
        awaitHandled();
        awaitHandled();
    }

    private void assertWaitedFor() throws InterruptedException {
        awaitAllDone();
        now = now.plusSeconds(1);
        registrations.await(ORDERS, listener);
        awaitLooks(2);
        assertTrue(settled.isEmpty());
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t3"));
        assertEquals(REGISTERED, next());
    }

    @ParameterizedTest
    @EnumSource(value = Standing.Kind.class, names = {"FOREIGN", "UNREACHABLE"})
    void nobodyIsBlamedForARegistryThatWentAwayMeanwhile(Standing.Kind none) throws Exception {
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(2);
        standing = none;
        now = now.plus(RegistrationHistory.FIRST_LIMIT);
        assertEquals(NOT_ASKED, next());
        standing = Standing.Kind.EMBEDDED;
        registrations.launched("orders");
        assertWaitedFor();
    }

    @Test
    void norForOneThatFailedAtTheEnd() throws Exception {
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(2);
        failing = true;
        looked.drainPermits();
        awaitLooks(2);
        now = now.plus(RegistrationHistory.FIRST_LIMIT);
        assertEquals(NOT_ASKED, next());
    }

    @ParameterizedTest
    @EnumSource(value = Standing.Kind.class, names = {"FOREIGN", "UNREACHABLE"})
    void withoutARegistryNobodyIsWaitedForNorBlamed(Standing.Kind none) throws Exception {
        standing = none;
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        assertEquals(NOT_ASKED, next());
        now = now.plus(RegistrationHistory.LIMIT);
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        registrations.close();
        assertTrue(settled.isEmpty());
    }

    @Test
    void aNewProcessEndsTheWaitForTheOneBefore() throws Exception {
        registrations.launched("orders");
        registrations.await(ORDERS, new Registrations.Listener() {
            @Override
            public void registered() {
                settled.add("the wait for the one before");
            }

            @Override
            public void notRegistered(Optional<Duration> late) {
                settled.add("the wait for the one before");
            }
        });
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(4);
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        assertEquals(REGISTERED, next());
        registrations.close();
        assertTrue(settled.isEmpty(), settled.toString());
    }

    @Test
    void farewellsThatWereAskedForAreSaidBeforeTheEnd() {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"), row("orders-ffffffff", "healthy", "t1"),
                row("pricing-0a1b2c3d", "healthy", "t1"));
        registrations.farewell(ORDERS, Farewell.Successor.SAME_PORT);
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        registrations.close();
        assertEquals(List.of("orders-ffffffff", "orders-0a1b2c3d", "orders-ffffffff"), removed);
    }

    @Test
    void aFarewellThatARegistryCannotHearIsSaidWhenItCan() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        failing = true;
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        awaitLooks(3);
        assertEquals(List.of(), removed);
        failing = false;
        awaitRemoved("orders-0a1b2c3d");
    }

    @Test
    void alsoOneWhileThereWasNone() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        standing = Standing.Kind.NONE;
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        awaitHandled();
        assertEquals(List.of(), removed);
        standing = Standing.Kind.PROGRAM;
        awaitRemoved("orders-0a1b2c3d");
    }

    /** What was asked for before has been done. */
    private void awaitHandled() throws InterruptedException {
        Standing.Kind before = standing;
        standing = Standing.Kind.FOREIGN;
        registrations.await(new Registrant("nobody-00000000", "nobody", 1), listener);
        assertEquals(NOT_ASKED, next());
        standing = before;
    }

    @Test
    void aRowThatCouldNotBeTakenOutIsTriedAgain() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        refusing = true;
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        awaitLooks(3);
        refusing = false;
        awaitRemoved("orders-0a1b2c3d");
    }

    @Test
    void aFarewellIsOverWhenTheAgentIsLaunchedAgainOrTooMuchTimeIsGone() throws Exception {
        failing = true;
        registrations.farewell(ORDERS, Farewell.Successor.NONE);
        registrations.farewell(new Registrant("pricing-0a1b2c3d", "pricing", 9001), Farewell.Successor.NONE);
        registrations.launched("orders");
        awaitHandled();
        now = now.plusSeconds(16);
        awaitAnotherLook();
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"), row("pricing-0a1b2c3d", "healthy", "t1"));
        failing = false;
        awaitLookAt(rows);
        registrations.close();
        assertEquals(List.of(), removed);
    }

    private void awaitRemoved(String id) throws InterruptedException {
        assertEquals(id, removals.poll(10, TimeUnit.SECONDS));
        assertEquals(List.of(id), removed);
    }

    @Test
    void anAgentThatTakesLeaveToBeRestartedKeepsItsPlaceUntilItSpeaksForItself() throws Exception {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.keepPlace(ORDERS);
        awaitLooks(2);
        assertTrue(taken.isEmpty(), "it has not taken leave yet");
        rows = List.of(row("orders-0a1b2c3d", "unhealthy", "t1"));
        assertEquals(new Place("orders-0a1b2c3d", "as before"), taken.poll(10, TimeUnit.SECONDS));
        registrations.launched("orders");
        registrations.await(ORDERS, listener);
        awaitLooks(3);
        assertTrue(settled.isEmpty(), "the row is ours");
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        assertEquals(REGISTERED, next());
        registrations.lost(ORDERS);
        registrations.close();
        assertEquals(List.of(), removed);
    }

    @Test
    void oneThatServesSomethingElseAfterwardsRegistersAnewSoThatConsumersHearOfIt() throws Exception {
        takeLeave();
        registrations.await(ORDERS, listener);
        awaitLooks(3);
        heartbeat = "with another tool";
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t2"));
        assertEquals(REGISTERED, next());
        registrations.close();
        assertEquals(List.of("orders-0a1b2c3d"), removed);
    }

    @Test
    void aPlaceThatWasKeptForAnAgentThatDoesNotComeBackIsGivenUp() throws Exception {
        takeLeave();
        registrations.lost(ORDERS);
        registrations.lost(ORDERS);
        registrations.close();
        assertEquals(List.of("orders-0a1b2c3d"), removed);
    }

    @Test
    void oneThatDoesNotTakeLeaveIsNotSpokenFor() {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.keepPlace(ORDERS);
        registrations.launched("orders");
        registrations.lost(ORDERS);
        registrations.close();
        assertEquals(List.of(), List.copyOf(taken));
        assertEquals(List.of(), removed);
    }

    private String next() throws InterruptedException {
        String answer = settled.poll(10, TimeUnit.SECONDS);
        assertTrue(answer != null, "not settled within 10 s");
        return answer;
    }

    /** Until the registry was asked so many times, beyond those waited for before. */
    private void awaitLooks(int more) throws InterruptedException {
        for (int look = 0; look < more; look++) {
            assertTrue(looked.tryAcquire(10, TimeUnit.SECONDS), "no look within 10 s");
        }
    }

    private void awaitLookAt(List<RegistryRow> list) throws InterruptedException {
        while (told != list) {
            awaitLooks(1);
        }
    }

    /** Until everything that was asked for before has been done, and no look is counted. */
    private void awaitAllDone() throws InterruptedException {
        for (int look = 0; look < 2; look++) { // the first one may be that of a request before
            rows = new ArrayList<>(rows);
            registrations.farewell(new Registrant("nobody-00000000", "nobody", 1), Farewell.Successor.NONE);
            awaitLookAt(rows);
        }
        looked.drainPermits();
    }

    /** It takes leave of the registry to be restarted. */
    private void takeLeave() throws InterruptedException {
        rows = List.of(row("orders-0a1b2c3d", "healthy", "t1"));
        registrations.keepPlace(ORDERS);
        awaitLooks(1);
        rows = List.of(row("orders-0a1b2c3d", "unhealthy", "t1"));
        assertEquals(new Place("orders-0a1b2c3d", "as before"), taken.poll(10, TimeUnit.SECONDS));
        registrations.launched("orders");
    }

    private static RegistryRow row(String id, String status, String lastSeen) {
        return new RegistryRow(id, id.substring(0, id.length() - 9), status, "http://127.0.0.1:9001", lastSeen, 0, 0);
    }

    /** A registry in memory. */
    private final class Fake implements Registrations.Rows {
        @Override
        public List<RegistryRow> rows() throws IOException {
            List<RegistryRow> said = rows;
            boolean fails = failing;
            told = fails ? told : said;
            looked.release();
            if (fails) {
                throw new IOException("on purpose");
            }
            return said;
        }

        @Override
        public void remove(String id) throws IOException {
            if (refusing) {
                throw new IOException("on purpose");
            }
            removed.add(id);
            removals.add(id);
        }

        @Override
        public Optional<Place> place(String id) {
            return rows.stream().filter(row -> row.id().equals(id) && row.isHealthy()).findFirst().map(row -> new Place(id, heartbeat));
        }

        @Override
        public void take(Place place) {
            rows = List.of(row(place.id(), "healthy", "t0"));
            taken.add(place);
        }
    }
}
