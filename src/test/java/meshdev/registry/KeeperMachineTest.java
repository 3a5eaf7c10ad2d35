package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeeperMachineTest {
    private static final Finding REGISTRY = new Finding(Finding.Kind.REGISTRY, "answers");
    private static final Finding NOTHING = new Finding(Finding.Kind.NOTHING, "nobody listens");
    private static final Finding FOREIGN = new Finding(Finding.Kind.FOREIGN, "answers HTTP 404");
    private static final Finding SILENT = new Finding(Finding.Kind.SILENT, "does not answer");
    private static final RegistryEvent.Failure DIED = failure(RegistryEvent.What.PROGRAM, "exit code 1");
    private static final RegistryEvent.Failure NO_BIND = failure(RegistryEvent.What.EMBEDDED, "Permission denied");
    private static final RegistryEvent USED = new RegistryEvent.Used();
    private static final RegistryEvent EMBEDDED = new RegistryEvent.Embedded();
    private static final RegistryEvent TAKING_OVER = new RegistryEvent.TakingOver();

    private KeeperMachine machine = new KeeperMachine(true);
    private final List<KeeperEffect> effects = new ArrayList<>();
    private final List<RegistryEvent> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private static RegistryEvent.Failure failure(RegistryEvent.What what, String why) {
        return new RegistryEvent.Failure(what, why, List.of("last words"));
    }

    @Test
    void aRegistryThatAnswersIsUsedAndNeverStopped() {
        begin(REGISTRY);
        assertStands(KeeperPhase.USING, Standing.Kind.EXTERNAL);
        assertTold(USED);
        take(machine.stop(now));
        assertStands(KeeperPhase.STOPPED, Standing.Kind.NONE);
        assertEffects();
    }

    @Test
    void whereNothingIsTheProgramIsStartedAndUsedWhenItAnswers() {
        begin(NOTHING);
        assertEffects(new KeeperEffect.Launch(false));
        take(machine.launched(7, now));
        assertStands(KeeperPhase.STARTING, Standing.Kind.NONE);
        pass(100);
        assertEffects(KeeperEffect.Look.OWN);
        take(machine.found(NOTHING, now));
        pass(100);
        take(machine.found(REGISTRY, now));
        assertStands(KeeperPhase.RUNNING, Standing.Kind.PROGRAM);
        assertTold(new RegistryEvent.Started(7, Duration.ofMillis(200)));
        assertEquals(Optional.empty(), machine.deadline(), "its end is told; nothing is looked at");
    }

    @Test
    void withoutAProgramTheEmbeddedOneIsOpened() {
        begin(NOTHING);
        take(machine.noProgram());
        assertEquals(KeeperEffect.Deed.OPEN, lastEffect());
        take(machine.opened());
        assertStands(KeeperPhase.EMBEDDED, Standing.Kind.EMBEDDED);
        assertTold(EMBEDDED);
        assertEquals(Optional.empty(), machine.deadline());
        take(machine.stop(now));
        assertEquals(KeeperEffect.Deed.CLOSE, lastEffect());
        assertEquals(KeeperPhase.STOPPED, machine.phase());
    }

    @Test
    void aForeignProgramIsNamedOnceAndWaitedForUntilThePortIsFree() {
        begin(FOREIGN);
        assertStands(KeeperPhase.WAITING, Standing.Kind.FOREIGN);
        assertEffects(new KeeperEffect.Accuse("answers HTTP 404"));
        for (int i = 0; i < 3; i++) {
            pass(5000);
            assertEffects(KeeperEffect.Look.HEALTH);
            assertEquals(Standing.Kind.FOREIGN, machine.standing());
            take(machine.found(SILENT, now));
            assertEffects();
        }
        pass(5000);
        take(machine.found(NOTHING, now));
        assertEquals(new KeeperEffect.Launch(false), lastEffect());
    }

    @Test
    void aRemoteOneThatIsDownIsWarnedOfOnceAndLookedForEverMoreRarely() {
        machine = new KeeperMachine(false);
        begin(NOTHING);
        assertStands(KeeperPhase.WAITING, Standing.Kind.UNREACHABLE);
        assertTold(new RegistryEvent.Unreachable("nobody listens"));
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            assertEquals(now.plusSeconds(seconds), machine.deadline().orElseThrow());
            pass(seconds * 1000);
            take(machine.found(SILENT, now));
            assertTold();
        }
        pass(60_000);
        take(machine.found(REGISTRY, now));
        assertTold(USED);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "FOREIGN", "SILENT"})
    void aRemoteOneIsNeverStarted(Finding.Kind kind) {
        machine = new KeeperMachine(false);
        begin(new Finding(kind, "x"));
        assertEquals(Standing.Kind.UNREACHABLE, machine.standing());
        assertEffects();
    }

    @Test
    void aRemoteOneThatFailsTwiceIsUnreachable() {
        machine = new KeeperMachine(false);
        begin(REGISTRY);
        told.clear();
        pass(30_000);
        assertEffects(KeeperEffect.Look.HEALTH);
        take(machine.found(SILENT, now));
        assertTold();
        pass(5_000);
        take(machine.found(FOREIGN, now));
        assertTold(new RegistryEvent.Unreachable("answers HTTP 404"));
        assertStands(KeeperPhase.WAITING, Standing.Kind.UNREACHABLE);
    }

    @Test
    void aUsedOneIsWatchedEverySecondAtItsPortOnly() {
        begin(REGISTRY);
        for (int i = 0; i < 3; i++) {
            effects.clear();
            pass(999);
            assertEffects();
            pass(1);
            assertEffects(KeeperEffect.Look.PORT);
            take(machine.found(REGISTRY, now));
        }
    }

    @Test
    void whenTheOwnerOfAUsedOneIsGoneItIsTakenOver() {
        begin(REGISTRY);
        told.clear();
        gone();
        assertTold(TAKING_OVER);
        assertEquals(KeeperEffect.Look.HEALTH, lastEffect());
        take(machine.found(NOTHING, now));
        assertEquals(new KeeperEffect.Launch(true), lastEffect());
    }

    @Test
    void oneThatIsBackAtTheSecondLookWasOnlyRestartedByItsOwner() {
        begin(REGISTRY);
        told.clear();
        pass(1000);
        take(machine.found(NOTHING, now));
        pass(400);
        take(machine.found(REGISTRY, now));
        assertStands(KeeperPhase.USING, Standing.Kind.EXTERNAL);
        pass(1000);
        take(machine.found(NOTHING, now));
        assertEquals(KeeperPhase.USING, machine.phase(), "the doubt was dispelled");
        assertTold();
    }

    @Test
    void aSlowOneKeepsItsPortAndIsNotReplaced() {
        begin(REGISTRY);
        for (int i = 0; i < 5; i++) {
            pass(1000);
            take(machine.found(SILENT, now));
        }
        assertStands(KeeperPhase.USING, Standing.Kind.EXTERNAL);
    }

    @Test
    void whoLosesTheRaceForThePortUsesTheWinnersAndComplainsOfNothing() {
        begin(REGISTRY);
        gone();
        take(machine.found(NOTHING, now));
        take(machine.launched(7, now));
        told.clear();
        pass(25);
        take(machine.found(FOREIGN, now)); // the winner answers already
        assertEquals(KeeperPhase.STARTING, machine.phase());
        take(machine.ended(DIED, now));
        pass(400);
        take(machine.found(REGISTRY, now));
        assertStands(KeeperPhase.USING, Standing.Kind.EXTERNAL);
        assertTold(USED);
    }

    @Test
    void anEmbeddedOneThatLosesTheRaceUsesTheWinners() {
        begin(NOTHING);
        take(machine.noProgram());
        take(machine.ended(NO_BIND, now));
        pass(400);
        take(machine.found(REGISTRY, now));
        assertTold(USED);
    }

    @Test
    void aStartThatFailedForAForeignProgramsSakeIsNotHeldAgainstOurs() {
        begin(NOTHING);
        take(machine.launched(7, now));
        take(machine.ended(DIED, now));
        pass(400);
        take(machine.found(FOREIGN, now));
        assertEquals(new KeeperEffect.Accuse("answers HTTP 404"), lastEffect());
        pass(5000);
        take(machine.found(NOTHING, now));
        assertTold();
        assertEquals(new KeeperEffect.Launch(false), lastEffect());
    }

    @Test
    void aProgramThatDiesIsStartedAgainAtOnce() {
        running();
        pass(20_000);
        take(machine.ended(DIED, now));
        assertTold(new RegistryEvent.Ended(DIED, Duration.ZERO));
        assertStands(KeeperPhase.LOOKING, Standing.Kind.NONE);
        take(machine.found(NOTHING, now));
        assertEquals(new KeeperEffect.Launch(false), lastEffect());
    }

    @Test
    void whoeverHasTakenThePortOfADeadProgramIsUsed() {
        running();
        take(machine.ended(DIED, now));
        told.clear();
        take(machine.found(REGISTRY, now));
        assertTold(USED);
    }

    @Test
    void aProgramThatKeepsDyingIsStartedEverMoreRarelyAndThenReplacedByTheEmbeddedOne() {
        begin(NOTHING);
        for (int pause : new int[] {0, 500, 1000, 2000}) {
            failStart();
            assertTold(new RegistryEvent.StartFailed(DIED, Duration.ofMillis(pause)));
            if (pause > 0) {
                assertEquals(KeeperPhase.WAITING, machine.phase());
                pass(pause);
                take(machine.found(NOTHING, now));
            }
            assertEquals(new KeeperEffect.Launch(false), lastEffect());
        }
        failStart();
        assertTold(new RegistryEvent.FellBack(DIED, 5));
        assertEquals(KeeperEffect.Deed.OPEN, lastEffect());
        take(machine.opened());
        assertStands(KeeperPhase.EMBEDDED, Standing.Kind.EMBEDDED);
    }

    @Test
    void aProgramThatAnsweredLongEnoughBeginsAnew() {
        running();
        for (int i = 0; i < 10; i++) {
            pass(10_000);
            take(machine.ended(DIED, now));
            assertTold(new RegistryEvent.Ended(DIED, Duration.ZERO));
            take(machine.found(NOTHING, now));
            answer();
        }
    }

    @Test
    void aProgramThatDiesRightAfterItAnsweredIsGivenUpToo() {
        running();
        for (int i = 0; i < 4; i++) {
            take(machine.ended(DIED, now));
            take(machine.found(NOTHING, now));
            if (machine.phase() == KeeperPhase.WAITING) {
                pass(5000);
                take(machine.found(NOTHING, now));
            }
            answer();
        }
        take(machine.ended(DIED, now));
        assertTold(new RegistryEvent.FellBack(DIED, 5));
        take(machine.found(NOTHING, now));
        assertEquals(KeeperEffect.Deed.OPEN, lastEffect());
    }

    @Test
    void aProgramThatDoesNotAnswerInTimeIsEndedAndCounted() {
        begin(NOTHING);
        take(machine.launched(7, now));
        for (int i = 0; machine.phase() == KeeperPhase.STARTING && i < 1000; i++) {
            pass(200);
            take(machine.found(NOTHING, now));
        }
        assertEquals(now, Instant.EPOCH.plus(ProgramTimes.HEALTH_LIMIT));
        assertEquals(KeeperEffect.Deed.TERMINATE, lastEffect());
        pass(3000);
        assertEquals(KeeperEffect.Deed.KILL, lastEffect());
        take(machine.ended(DIED, now));
        take(machine.found(NOTHING, now));
        RegistryEvent.Failure slow = failure(RegistryEvent.What.PROGRAM, "it did not answer in 10 s");
        assertTold(new RegistryEvent.StartFailed(slow, Duration.ZERO));
    }

    @Test
    void anEmbeddedOneThatCannotListenIsTriedAgainAndToldOnce() {
        begin(NOTHING);
        take(machine.noProgram());
        take(machine.ended(NO_BIND, now));
        pass(400);
        take(machine.found(NOTHING, now));
        assertTold(new RegistryEvent.StartFailed(NO_BIND, Duration.ZERO));
        for (int i = 0; i < 20; i++) {
            take(machine.noProgram());
            take(machine.ended(NO_BIND, now));
        pass(400);
            take(machine.found(NOTHING, now));
            assertEquals(KeeperPhase.WAITING, machine.phase());
            pass(32_000);
            take(machine.found(NOTHING, now));
            assertTold();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStopAsksTheProgramToEndAndKillsItAfterItsGrace(boolean ends) {
        running();
        take(machine.stop(now));
        assertEquals(KeeperEffect.Deed.TERMINATE, lastEffect());
        assertEquals(KeeperPhase.STOPPING, machine.phase());
        if (ends) {
            take(machine.ended(DIED, now));
            assertEquals(KeeperPhase.STOPPED, machine.phase());
            return;
        }
        pass(3000);
        assertEquals(KeeperEffect.Deed.KILL, lastEffect());
        pass(2000);
        assertTold(new RegistryEvent.Unkillable(7));
        assertEquals(KeeperPhase.STOPPED, machine.phase());
    }

    @Test
    void whoHurriesAStopHasTheProgramKilledOnceAndNothingBefore() {
        running();
        effects.clear();
        take(machine.hurry(now));
        assertEffects();
        take(machine.stop(now));
        take(machine.hurry(now));
        assertEquals(KeeperEffect.Deed.KILL, lastEffect());
        effects.clear();
        take(machine.hurry(now));
        take(machine.stop(now));
        assertEffects();
        take(machine.ended(DIED, now));
        assertEquals(KeeperPhase.STOPPED, machine.phase());
    }

    @Test
    void whatAProgramLeavesBehindIsKilled() {
        running();
        take(machine.leftOthers());
        assertEquals(KeeperEffect.Deed.KILL, lastEffect());
        take(machine.stop(now));
        take(machine.ended(DIED, now));
        effects.clear();
        take(machine.leftOthers());
        assertEffects();
    }

    @Test
    void whateverTheOrderOfInputsAtMostOneRunsAndAStopEndsItAll() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            machine = new KeeperMachine(random.nextInt(4) > 0);
            World world = new World(random);
            world.obey(machine.begin());
            for (int step = 0; step < 200; step++) {
                world.step();
            }
            world.obey(machine.stop(now));
            for (int i = 0; i < 10 && machine.phase() != KeeperPhase.STOPPED; i++) {
                assertTrue(world.program || machine.deadline().isPresent(), "nobody would wake it");
                world.end();
                pass(5000);
            }
            assertEquals(KeeperPhase.STOPPED, machine.phase(), "seed " + seed);
            assertFalse(world.program || world.embedded, "something of ours runs on, seed " + seed);
        }
    }

    /** Answers effects in any way that is possible. */
    private final class World {
        private static final Finding[] FINDINGS = {REGISTRY, NOTHING, NOTHING, FOREIGN, SILENT};
        private final Random random;
        private boolean program;
        private boolean embedded;

        private World(Random random) {
            this.random = random;
        }

        private void step() {
            if (program && random.nextInt(3) == 0) {
                end();
            } else {
                now = machine.deadline().orElse(now.plusMillis(random.nextInt(20_000)));
                obey(machine.tick(now));
            }
        }

        private void end() {
            if (program) {
                program = false;
                obey(machine.ended(DIED, now));
            }
        }

        private void obey(List<KeeperEffect> wanted) {
            for (KeeperEffect effect : wanted) {
                if (effect instanceof KeeperEffect.Look) {
                    obey(machine.found(FINDINGS[random.nextInt(FINDINGS.length)], now));
                } else if (effect instanceof KeeperEffect.Launch) {
                    launch();
                } else if (effect == KeeperEffect.Deed.OPEN) {
                    open();
                } else if (effect == KeeperEffect.Deed.CLOSE) {
                    embedded = false;
                }
            }
        }

        private void launch() {
            assertFalse(program || embedded, "two of ours");
            switch (random.nextInt(3)) {
                case 0 -> obey(machine.noProgram());
                case 1 -> obey(machine.ended(DIED, now));
                default -> {
                    program = true;
                    obey(machine.launched(7, now));
                }
            }
        }

        private void open() {
            assertFalse(program || embedded, "two of ours");
            embedded = random.nextBoolean();
            obey(embedded ? machine.opened() : machine.ended(NO_BIND, now));
        }
    }

    private void begin(Finding finding) {
        take(machine.begin());
        assertEffects(KeeperEffect.Look.HEALTH);
        take(machine.found(finding, now));
    }

    private void running() {
        begin(NOTHING);
        answer();
    }

    private void answer() {
        take(machine.launched(7, now));
        pass(25);
        take(machine.found(REGISTRY, now));
        assertEquals(KeeperPhase.RUNNING, machine.phase());
        told.clear();
    }

    private void gone() {
        pass(1000);
        take(machine.found(NOTHING, now));
        pass(400);
        take(machine.found(NOTHING, now));
    }

    private void failStart() {
        take(machine.launched(7, now));
        take(machine.ended(DIED, now));
        assertTold();
        pass(400);
        take(machine.found(NOTHING, now));
    }

    private void pass(long millis) {
        now = now.plusMillis(millis);
        take(machine.tick(now));
    }

    private void take(List<KeeperEffect> wanted) {
        for (KeeperEffect effect : wanted) {
            if (effect instanceof KeeperEffect.Tell tell) {
                told.add(tell.event());
            } else {
                effects.add(effect);
            }
        }
    }

    private KeeperEffect lastEffect() {
        return effects.get(effects.size() - 1);
    }

    private void assertStands(KeeperPhase phase, Standing.Kind kind) {
        assertEquals(phase, machine.phase());
        assertEquals(kind, machine.standing());
    }

    private void assertEffects(KeeperEffect... expected) {
        assertEquals(List.of(expected), effects);
        effects.clear();
    }

    private void assertTold(RegistryEvent... expected) {
        assertEquals(List.of(expected), told);
        told.clear();
    }
}
