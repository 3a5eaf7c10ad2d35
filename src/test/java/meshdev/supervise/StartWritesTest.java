package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartWritesTest {
    private static final Path ENTRY = Path.of("/p/agents/orders.py");
    private static final Path STATE = Path.of("/p/config/state.yaml");
    private static final Path OTHER = Path.of("/p/config/other.yaml");
    private static final Path SOURCE = Path.of("/p/lib/tax.py");
    private static final Duration SOON = Duration.ofMillis(100);

    private final StartWrites writes = new StartWrites(ENTRY);
    private Instant now = Instant.EPOCH;

    StartWritesTest() {
        writes.launched(now);
    }

    @Test
    void aFileThatChangesAtEveryStartIsPausedAfterThreeReloads() {
        for (int reload = 1; reload <= 3; reload++) {
            assertEquals(Set.of(STATE), changesAfter(SOON, STATE).counted());
            launch();
        }
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @Test
    void theFirstOfARowMayHaveBeenSeenLateAsWatchingBeginsAfterTheLaunch() {
        writes.ready(now);
        loops(3, STATE);
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @Test
    void aPausedFileIsSaidOnceAndCountsNoMoreRightAfterAStart() {
        pauseState();
        launch();
        assertEquals(new StartWrites.Verdict(Set.of(), now.plus(SOON), Optional.empty()), changesAfter(SOON, STATE));
    }

    @Test
    void otherRulesMakeAPausedFileCountAgain() {
        pauseState();
        writes.forgive(ENTRY);
        launch();
        assertEquals(Set.of(STATE), changesAfter(SOON, STATE).counted());
    }

    @Test
    void aPausedFileThatIsSavedLaterReloadsAndStaysPaused() {
        pauseState();
        assertEquals(Set.of(STATE), changesAfter(StartWrites.SUSPECT, STATE).counted());
        launch();
        assertEquals(Set.of(), changesAfter(SOON, STATE).counted());
    }

    @Test
    void anotherFileReloadsWhateverIsPaused() {
        pauseState();
        assertEquals(Set.of(OTHER), changesAfter(SOON, STATE, OTHER).counted());
    }

    @Test
    void changesLaterThanTwoSecondsAfterTheLaunchAreTheUsers() {
        for (int save = 0; save < 30; save++) {
            assertEquals(Set.of(STATE), changesAfter(StartWrites.SUSPECT.plusMillis(1), STATE).counted());
            launch();
        }
    }

    @Test
    void aReloadForAnotherReasonBeginsTheCountAnew() {
        loops(3, STATE);
        assertEquals(Set.of(STATE, OTHER), changesAfter(SOON, STATE, OTHER).counted());
        launch();
        loops(3, STATE);
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @Test
    void oneLateChangeBeginsTheCountAnew() {
        loops(2, STATE);
        changesAfter(SOON, STATE);
        changesAfter(StartWrites.SUSPECT, STATE);
        launch();
        loops(3, STATE);
    }

    @Test
    void twoFilesInTurnsAreNoLoop() {
        for (int save = 0; save < 30; save++) {
            assertEquals(1, changesAfter(SOON, save % 2 == 0 ? STATE : OTHER).counted().size());
            launch();
        }
    }

    @Test
    void slowLoopsAreNotSureEnough() {
        for (int loop = 1; loop <= StartWrites.SURE_AFTER_READY; loop++) {
            assertEquals(Set.of(STATE), changesAfter(SOON, STATE).counted());
            now = now.plusSeconds(6); // it stops slowly
            launch();
        }
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @Test
    void changesAfterReadyArePausedOnlyAfterTenInARow() {
        for (int loop = 1; loop <= 10; loop++) {
            writes.ready(now);
            assertEquals(Set.of(STATE), changesAfter(SOON, STATE).counted());
            launch();
        }
        writes.ready(now);
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.py", "a.pyi", "a.ipynb", "a.js", "a.mjs", "a.cjs", "a.ts", "a.tsx", "a.jsx", "a.java", "a.kt", "A.PY"})
    void sourceSavedAfterReadyReloadsAThousandTimes(String name) {
        Path source = Path.of("/p/lib").resolve(name);
        for (int save = 1; save <= 1000; save++) {
            writes.ready(now);
            StartWrites.Verdict verdict = changesAfter(Duration.ofMillis(1), source);
            assertEquals(new StartWrites.Verdict(Set.of(source), now, Optional.empty()), verdict);
            launch();
        }
    }

    @Test
    void sourceSavedAMomentBeforeReadyIsKnownIsNotSuspected() {
        for (int save = 1; save <= 1000; save++) {
            assertEquals(Set.of(SOURCE), changesAfter(SOON, SOURCE).counted());
            writes.ready(now.plusMillis(50));
            launch();
        }
    }

    @Test
    void sourceThatChangesBeforeReadyIsPutOffAndPausedOnlyThen() {
        for (int loop = 1; loop <= 3; loop++) {
            StartWrites.Verdict verdict = changesAfter(SOON, SOURCE);
            assertEquals(new StartWrites.Verdict(Set.of(SOURCE), now, Optional.empty()), verdict);
            launch();
        }
        for (int loop = 4; loop <= 5; loop++) {
            Instant launched = now;
            StartWrites.Verdict verdict = changesAfter(SOON, SOURCE);
            assertEquals(new StartWrites.Verdict(Set.of(SOURCE), launched.plusSeconds(5), Optional.empty()), verdict);
            now = now.plusSeconds(5);
            launch();
        }
        assertEquals(Optional.of(SOURCE), changesAfter(SOON, SOURCE).paused());
    }

    @Test
    void theAgentsOwnFileIsNeverPausedNorPutOff() {
        for (int save = 1; save <= 100; save++) {
            StartWrites.Verdict verdict = changesAfter(SOON, ENTRY);
            assertEquals(new StartWrites.Verdict(Set.of(ENTRY), now, Optional.empty()), verdict);
            launch();
        }
    }

    @Test
    void aRespawnWithoutAChangeIsNotPartOfTheRow() {
        loops(2, STATE);
        launch();
        loops(1, STATE);
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    @Test
    void aChangeSeenBeforeTheLaunchIsTheUsers() {
        for (int save = 1; save <= 30; save++) {
            StartWrites.Verdict verdict = writes.seen(Set.of(STATE), now.minusMillis(1));
            assertNotEquals(Optional.of(STATE), verdict.paused());
            launch();
        }
    }

    private void pauseState() {
        loops(3, STATE);
        assertEquals(Optional.of(STATE), changesAfter(SOON, STATE).paused());
    }

    private void loops(int times, Path file) {
        for (int loop = 0; loop < times; loop++) {
            assertEquals(Set.of(file), changesAfter(SOON, file).counted());
            launch();
        }
    }

    private StartWrites.Verdict changesAfter(Duration time, Path... files) {
        now = now.plus(time);
        return writes.seen(Set.of(files), now);
    }

    private void launch() {
        now = now.plusMillis(600);
        writes.launched(now);
    }
}
