package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;
import meshdev.process.ReadySign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentMachineTest {
    private static final Duration RELOAD_GRACE = Duration.ofSeconds(3);
    private static final Duration QUIT_GRACE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Path FILE = Path.of("/p/agents/a.py");
    private static final Path OTHER = Path.of("/p/lib/other.py");
    private static final List<ProcessName> LIVING = List.of(new ProcessName(42, "python agents/a.py"));
    private static final Path STATE = Path.of("/p/config/state.yaml");
    private static final ExitStatus OK = new ExitStatus(0);
    private static final ExitStatus THREE = new ExitStatus(3);
    private static final Objection BROKEN = new Objection("agents/a.py:1: SyntaxError: invalid syntax", List.of());
    private static final ExitStatus TERMINATED = new ExitStatus(143);

    private final AgentMachine machine = new AgentMachine("a", policy(OptionalInt.empty()));
    private final List<SupervisorEvent> reports = new ArrayList<>();
    private final List<Effect> todo = new ArrayList<>();
    private final List<Effect> successors = new ArrayList<>();
    private boolean warm;
    private Instant now = Instant.EPOCH;
    private long launches;
    private long ticket;

    private static AgentPolicy policy(OptionalInt port) {
        return new AgentPolicy(FILE, 3, Duration.ofSeconds(10), RELOAD_GRACE, QUIT_GRACE, PATIENCE, port, true, List.of(), false);
    }

    @Test
    void aStartLaunchesOnceAndIsReadyWhenItListens() {
        start();
        assertEquals(1, launches);
        ready(9001);
        assertEquals(Phase.READY, machine.phase());
        assertEquals(new SupervisorEvent.Ready("a", OptionalInt.of(9001), 1, Duration.ZERO), last());
    }

    @Test
    void anAgentThatListensNowhereIsReadyAfterTheStartUpWindow() {
        start();
        pass(Duration.ofSeconds(9));
        assertEquals(Phase.STARTING, machine.phase());
        pass(Duration.ofSeconds(1));
        assertEquals(Phase.READY, machine.phase());
    }

    @Test
    void aKnownPortIsWaitedForAndItsAbsenceSaidOnce() {
        AgentMachine fixed = new AgentMachine("a", policy(OptionalInt.of(9001)));
        fixed.start(now);
        assertEquals(now.plus(AgentMachine.READY_LIMIT), fixed.deadline().orElseThrow());
        List<Effect> late = fixed.tick(now.plus(AgentMachine.READY_LIMIT));
        assertEquals(List.of(new Effect.Report(
                new SupervisorEvent.NotReady("a", AgentMachine.READY_LIMIT, OptionalInt.of(9001)))), late);
        assertEquals(Phase.STARTING, fixed.phase());
        assertTrue(fixed.deadline().isEmpty());
    }

    @Test
    void aReloadKeepsTheOldProcessUntilPreparedThenStopsThenLaunches() {
        startReady();
        reload();
        assertEquals(Phase.PREPARING, machine.phase());
        prepared();
        assertEquals(Phase.STOPPING, machine.phase());
        assertEquals(new Effect.Terminate(1), lastTodo());
        gone(TERMINATED);
        assertEquals(2, launches);
        ready(9001);
        SupervisorEvent.ReloadCompleted completed = (SupervisorEvent.ReloadCompleted) last();
        assertEquals(List.of("detect", "quiet", "check", "warm", "stop", "start", "ready"),
                completed.phases().stream().map(PhaseTime::name).toList());
    }

    @Test
    void theSuccessorIsOfferedThePortOfTheIncarnationBefore() {
        startReady();
        reload();
        prepared();
        gone(TERMINATED);
        assertEquals(OptionalInt.of(9001), lastLaunch().port());
        assertEquals(Set.of(FILE), lastLaunch().changed());
    }

    @Test
    void comingUpElsewhereIsReported() {
        startReady();
        reload();
        prepared();
        gone(TERMINATED);
        ReadySign.Elsewhere not = new ReadySign.Elsewhere(9001, Optional.empty());
        run(machine.ready(launches, new ReadySign(OptionalInt.of(50000), Optional.of(not)), now));
        assertTrue(reports.contains(new SupervisorEvent.PortElsewhere("a", 9001, 50000, Optional.empty())));
    }

    @Test
    void aRefusedReloadLeavesTheOldProcessServing() {
        startReady();
        reload();
        run(machine.refused(ticket, BROKEN, now));
        assertEquals(Phase.READY, machine.phase());
        assertEquals(1, launches);
    }

    @Test
    void aRefusedReloadOfADeadAgentWaitsForTheNextChange() {
        startReady();
        reload();
        gone(THREE);
        run(machine.refused(ticket, BROKEN, now));
        assertEquals(Phase.WAITING, machine.phase());
        assertTrue(machine.deadline().isEmpty());
        reload();
        prepared();
        assertEquals(2, launches);
    }

    @Test
    void aChangeOfNothingThatRunsLeavesTheOldProcessServingAndIsForgotten() {
        startReady();
        reload();
        run(machine.unchanged(ticket, now));
        assertEquals(Phase.READY, machine.phase());
        assertEquals(new SupervisorEvent.Unchanged("a", Set.of(FILE)), last());
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
        assertTrue(machine.deadline().isPresent(), "a crash like any other");
    }

    @Test
    void aChangeOfNothingThatRunsStartsWhatDoesNotRun() {
        start();
        gone(OK);
        reload();
        run(machine.unchanged(ticket, now));
        assertEquals(2, launches);
    }

    @Test
    void anAnswerToAnOlderQuestionDoesNotSpareTheReload() {
        startReady();
        reload();
        long old = ticket;
        reload();
        run(machine.unchanged(old, now));
        assertEquals(Phase.PREPARING, machine.phase());
    }

    @Test
    void changesThatDoNotConcernTheAgentLeaveItAlone() {
        startReady();
        run(machine.changed(Set.of(OTHER), true, now));
        run(machine.unconcerned(now));
        assertEquals(Phase.READY, machine.phase());
        assertEquals(1, launches);
        gone(THREE);
        assertTrue(machine.deadline().isPresent(), "a crash like any other, not one that waits for quiet");
    }

    @Test
    void aPreparationThatTheyInterruptedIsAskedForAgain() {
        startReady();
        reload();
        run(machine.changed(Set.of(OTHER), true, now));
        assertEquals(Phase.READY, machine.phase());
        run(machine.unconcerned(now));
        assertEquals(Phase.PREPARING, machine.phase());
        prepared();
        assertEquals(Phase.STOPPING, machine.phase());
    }

    @Test
    void aRefusedReloadIsNotAskedForAgainByThem() {
        startReady();
        reload();
        run(machine.refused(ticket, BROKEN, now));
        run(machine.changed(Set.of(OTHER), true, now));
        run(machine.unconcerned(now));
        assertEquals(Phase.READY, machine.phase());
    }

    @Test
    void aRetryThatWaitedForTheirQuietHappens() {
        start();
        gone(THREE);
        run(machine.changed(Set.of(OTHER), true, now));
        pass(Duration.ofSeconds(2));
        assertEquals(1, launches, "something is changing");
        run(machine.unconcerned(now));
        assertEquals(2, launches);
    }

    @Test
    void aRetryWhoseTimeHasNotComeStillWaits() {
        start();
        gone(THREE);
        run(machine.changed(Set.of(OTHER), true, now));
        run(machine.unconcerned(now));
        assertEquals(1, launches);
        pass(Duration.ofSeconds(1));
        assertEquals(2, launches);
    }

    @Test
    void aDeadAgentThatWaitsForAFixIsNotLaunchedByThem() {
        startReady();
        reload();
        gone(THREE);
        run(machine.refused(ticket, BROKEN, now));
        run(machine.changed(Set.of(OTHER), true, now));
        run(machine.unconcerned(now));
        assertEquals(1, launches);
        assertEquals(Phase.WAITING, machine.phase());
    }

    @Test
    void aSilentPreparationIsGoneWithout() {
        startReady();
        reload();
        pass(AgentMachine.PREPARE_LIMIT);
        assertEquals(Phase.STOPPING, machine.phase());
    }

    @Test
    void anAnswerToAnOlderPreparationIsIgnored() {
        startReady();
        reload();
        long old = ticket;
        changed();
        assertEquals(Phase.READY, machine.phase());
        run(machine.prepared(old, Duration.ZERO, now));
        assertEquals(Phase.READY, machine.phase());
        reload();
        run(machine.prepared(old, Duration.ZERO, now));
        assertEquals(Phase.PREPARING, machine.phase());
    }

    @Test
    void aPreparationThatNeverFindsQuietIsGoneWithoutAfterAWhile() {
        startReady();
        Instant first = now;
        for (int i = 0; i < 4; i++) {
            run(machine.reload(new Reload(Set.of(FILE), "changed", first, now), now));
            assertEquals(Phase.PREPARING, machine.phase());
            changed();
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(1));
        run(machine.reload(new Reload(Set.of(FILE), "changed", now, now), now));
        assertEquals(Phase.STOPPING, machine.phase());
        changed();
        gone(TERMINATED);
        assertEquals(2, launches);
    }

    @Test
    void aRefusedReloadStartsItsPatienceAnew() {
        startReady();
        reload();
        run(machine.refused(ticket, BROKEN, now));
        pass(Duration.ofMinutes(5));
        reload();
        assertEquals(Phase.PREPARING, machine.phase());
    }

    @Test
    void savesWhileStoppingCostOneLaunch() {
        startReady();
        reload();
        prepared();
        for (int i = 0; i < 5; i++) {
            changed();
            reload();
        }
        gone(TERMINATED);
        prepared();
        assertEquals(2, launches);
        ready(9001);
        assertEquals(Phase.READY, machine.phase());
    }

    @Test
    void nothingIsLaunchedWhileANewerChangeIsNotQuietYet() {
        startReady();
        reload();
        prepared();
        changed();
        gone(TERMINATED);
        assertEquals(1, launches);
        assertEquals(Phase.WAITING, machine.phase());
        reload();
        prepared();
        assertEquals(2, launches);
    }

    @Test
    void aSaveDuringTheStartRestartsItAndIsNoFailure() {
        for (int i = 0; i < 5; i++) {
            start();
            reload();
            prepared();
            gone(TERMINATED);
        }
        assertEquals(Phase.STARTING, machine.phase());
        assertFalse(reports.stream().anyMatch(SupervisorEvent.StartFailed.class::isInstance));
    }

    @Test
    void threeFailedStartsInARowOpenTheBreaker() {
        start();
        gone(THREE);
        assertEquals(Optional.of(now.plusMillis(500)), machine.deadline());
        pass(Duration.ofMillis(500));
        gone(THREE);
        assertEquals(Optional.of(now.plusMillis(1000)), machine.deadline());
        pass(Duration.ofSeconds(1));
        gone(THREE);
        assertEquals(Phase.TRIPPED, machine.phase());
        assertEquals(3, launches);
        assertEquals(new SupervisorEvent.BreakerTripped("a", failure("exit code 3", OptionalInt.empty()), 3, Duration.ofSeconds(10)), last());
    }

    @Test
    void aSaveStartsATrippedAgentAtOnceAndForgetsTheRow() {
        threeFailedStartsInARowOpenTheBreaker();
        reload();
        prepared();
        assertEquals(4, launches);
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
    }

    @Test
    void aLaunchThatDoesNotEvenBeginIsAFailedStart() {
        run(machine.start(now));
        run(machine.launchFailed(1, "python3 is missing", now));
        assertEquals(new SupervisorEvent.StartFailed("a", failure("python3 is missing", OptionalInt.empty()), 1, 3, Duration.ofMillis(500)), last());
    }

    @Test
    void fiveReloadsInTenSecondsNeverTrip() {
        startReady();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(2));
            reload();
            prepared();
            gone(TERMINATED);
            ready(9001);
        }
        assertEquals(Phase.READY, machine.phase());
        assertEquals(6, launches);
    }

    @Test
    void anExitWithZeroIsFinishedAndNotRestarted() {
        startReady();
        gone(OK);
        assertEquals(Phase.FINISHED, machine.phase());
        assertOnlyAChangeLaunchesIt();
    }

    @Test
    void aCrashAfterReadyRespawnsWithGrowingDelays() {
        startReady();
        for (long delay : new long[] {500, 1000, 2000, 4000, 8000, 16000, 30000, 30000}) {
            gone(THREE);
            assertEquals(Optional.of(now.plusMillis(delay)), machine.deadline());
            pass(Duration.ofMillis(delay));
            ready(9001);
        }
    }

    @Test
    void tenSecondsOfBeingReadyForgetEarlierCrashes() {
        startReady();
        gone(THREE);
        pass(Duration.ofMillis(500));
        ready(9001);
        pass(Duration.ofSeconds(10));
        gone(THREE);
        assertEquals(Optional.of(now.plusMillis(500)), machine.deadline());
    }

    @Test
    void aStopDuringAReloadWins() {
        startReady();
        reload();
        prepared();
        run(machine.stop(now));
        gone(TERMINATED);
        assertEquals(Phase.STOPPED, machine.phase());
        assertEquals(1, launches);
        reload();
        assertEquals(Phase.STOPPED, machine.phase());
    }

    @Test
    void whatIgnoresTheRequestIsKilledAfterItsGraceAndTheSuccessorComes() {
        startReady();
        reload();
        prepared();
        pass(RELOAD_GRACE);
        assertEquals(new Effect.Kill(1), lastTodo());
        assertTrue(reports.contains(new SupervisorEvent.Killed("a", RELOAD_GRACE, LIVING)));
        gone(new ExitStatus(137));
        assertEquals(2, launches);
    }

    @Test
    void whoIsWaitedForIsNamedOnceAfterASecond() {
        startReady();
        reload();
        prepared();
        pass(Stopping.NAMED_AFTER);
        assertEquals(new SupervisorEvent.StillStopping("a", LIVING, Duration.ofSeconds(2)), last());
        assertEquals(Optional.of(now.plusSeconds(2)), machine.deadline());
        pass(Duration.ofSeconds(2));
        assertEquals(new SupervisorEvent.Killed("a", RELOAD_GRACE, LIVING), last());
        assertEquals(1, reports.stream().filter(SupervisorEvent.StillStopping.class::isInstance).count());
    }

    @Test
    void aQuitNamesWhoIsWaitedForToo() {
        startReady();
        run(machine.stop(now));
        pass(Stopping.NAMED_AFTER);
        assertEquals(new SupervisorEvent.StillStopping("a", LIVING, Duration.ofSeconds(9)), last());
    }

    @Test
    void aShortGraceIsOverBeforeAnybodyIsNamed() {
        Duration grace = Duration.ofMillis(500);
        Stopping stopping = new Stopping(now, grace);
        assertEquals(Optional.of(now.plus(grace)), stopping.deadline());
        assertEquals(Stopping.Deed.KILL, stopping.proceed(now.plus(grace)));
    }

    @Test
    void aFailedStartTellsWhoHoldsItsPort() {
        AgentMachine fixed = new AgentMachine("a", policy(OptionalInt.of(9001)));
        fixed.start(now);
        Optional<ProcessName> holder = Optional.of(new ProcessName(7, "nc"));
        List<Effect> effects = fixed.gone(1, THREE, holder, now);
        assertEquals(List.of(new Effect.Report(new SupervisorEvent.StartFailed("a",
                new StartFailure("exit code 3", OptionalInt.of(9001), holder), 1, 3, Duration.ofMillis(500)))), effects);
    }

    @Test
    void aFileThatTheAgentRewritesAtEveryStartReloadsItThreeTimes() {
        start();
        for (int i = 0; i < 10; i++) {
            run(machine.changed(Set.of(STATE), true, now.plusMillis(100)));
            if (todo.remove(new Effect.AwaitQuiet(Set.of(STATE), now.plusMillis(100)))) {
                pass(Duration.ofMillis(600));
                run(machine.reload(new Reload(Set.of(STATE), "state changed", now, now), now));
                prepared();
                gone(TERMINATED);
            }
        }
        assertEquals(4, launches);
        assertEquals(1, reports.stream().filter(new SupervisorEvent.Paused("a", STATE)::equals).count());
        ready(9001);
        pass(Duration.ofSeconds(3));
        run(machine.changed(Set.of(STATE), true, now));
        assertEquals(new Effect.AwaitQuiet(Set.of(STATE), now), lastTodo());
    }

    @Test
    void timeInWhichNobodyLookedCountsForNoDeadlineAndNoWindow() {
        start();
        pass(Duration.ofSeconds(5));
        now = now.plus(Duration.ofHours(1));
        machine.skip(Duration.ofHours(1));
        pass(Duration.ofSeconds(4));
        assertEquals(Phase.STARTING, machine.phase());
        gone(THREE);
        assertTrue(last() instanceof SupervisorEvent.StartFailed, last().toString());
    }

    @Test
    void timeInWhichNobodyLookedIsNoHealth() {
        startReady();
        gone(THREE);
        pass(Duration.ofMillis(500));
        ready(9001);
        now = now.plus(Duration.ofHours(1));
        machine.skip(Duration.ofHours(1));
        gone(THREE);
        assertEquals(Optional.of(now.plusMillis(1000)), machine.deadline());
    }

    @Test
    void timeInWhichNobodyLookedShortensNoGrace() {
        startReady();
        reload();
        prepared();
        pass(Duration.ofSeconds(2));
        now = now.plus(Duration.ofHours(1));
        machine.skip(Duration.ofHours(1));
        run(machine.tick(now));
        assertFalse(todo.contains(new Effect.Kill(1)));
        pass(Duration.ofSeconds(1));
        assertTrue(todo.contains(new Effect.Kill(1)));
    }

    @Test
    void whatSurvivesTheKillIsNamedAndNothingIsLaunchedBesideIt() {
        whatSurvivesTheKillIsNamed();
        assertEquals(1, launches);
        gone(new ExitStatus(137));
        assertEquals(2, launches);
    }

    @Test
    void aStopGivesUpOnWhatCannotBeKilled() {
        startReady();
        run(machine.stop(now));
        pass(QUIT_GRACE);
        pass(Stopping.KILL_LIMIT);
        assertEquals(Phase.STOPPED, machine.phase());
    }

    @Test
    void aStopAfterAReloadThatCouldNotKillGivesUpAtOnce() {
        whatSurvivesTheKillIsNamed();
        run(machine.stop(now));
        assertEquals(Phase.STOPPED, machine.phase());
    }

    private void whatSurvivesTheKillIsNamed() {
        startReady();
        reload();
        prepared();
        pass(RELOAD_GRACE);
        pass(Stopping.KILL_LIMIT);
        assertEquals(new SupervisorEvent.Unkillable("a", 1), last());
    }

    @Test
    void aStopAmidAReloadsStopHasTheLongerGraceFromTheSignalOn() {
        startReady();
        reload();
        prepared();
        pass(Duration.ofSeconds(1));
        run(machine.stop(now));
        assertEquals(Optional.of(now.minusSeconds(1).plus(QUIT_GRACE)), machine.deadline());
        pass(QUIT_GRACE);
        assertEquals(new SupervisorEvent.Killed("a", QUIT_GRACE, LIVING), last());
    }

    @Test
    void aLostFileKeepsEverythingAsItIsUntilItIsBack() {
        startReady();
        changed();
        run(machine.missing());
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
        assertOnlyAChangeLaunchesIt();
    }

    @Test
    void aLateListenerTeachesThePortToo() {
        start();
        pass(Duration.ofSeconds(10));
        assertEquals(Phase.READY, machine.phase());
        ready(50001);
        reload();
        prepared();
        gone(TERMINATED);
        assertEquals(OptionalInt.of(50001), lastLaunch().port());
    }

    @Test
    void aFailedStartIsJudgedByTheLeadersEndAndNotByItsGroups() {
        start();
        pass(Duration.ofSeconds(8));
        run(machine.leaderExited(1, THREE, List.of(), now));
        pass(Duration.ofSeconds(3));
        gone(THREE);
        assertTrue(last() instanceof SupervisorEvent.StartFailed, last().toString());
    }

    @Test
    void aSlowStopIsNoEndlessWriter() {
        startReady();
        reload();
        prepared();
        pass(Duration.ofSeconds(2));
        changed();
        reload();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        gone(TERMINATED);
        assertFalse(reports.stream().anyMatch(SupervisorEvent.EndlessWriter.class::isInstance));
    }

    @Test
    void killNowEndsTheGrace() {
        startReady();
        run(machine.stop(now));
        run(machine.killNow(now));
        assertEquals(new Effect.Kill(1), lastTodo());
    }

    @Test
    void theGroupALeaderLeavesBehindGoesBeforeTheNextLaunch() {
        startReady();
        run(machine.leaderExited(1, THREE, List.of(), now));
        assertEquals(new Effect.Terminate(1), lastTodo());
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
        assertEquals(1, launches);
        pass(Duration.ofMillis(500));
        assertEquals(2, launches);
    }

    @Test
    void aCrashWhileANewChangeIsKnownDoesNotCount() {
        start();
        changed();
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
        reload();
        prepared();
        assertEquals(2, launches);
        assertFalse(reports.stream().anyMatch(SupervisorEvent.StartFailed.class::isInstance));
    }

    @Test
    void newsOfAnEarlierIncarnationAreIgnored() {
        startReady();
        reload();
        prepared();
        gone(TERMINATED);
        run(machine.gone(1, THREE, Optional.empty(), now));
        run(machine.ready(1, sign(9001), now));
        assertEquals(Phase.STARTING, machine.phase());
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void stopEndsInStoppedFromEveryPhase(Phase phase) {
        bringTo(phase);
        run(machine.stop(now));
        pass(QUIT_GRACE);
        pass(Stopping.KILL_LIMIT);
        assertEquals(Phase.STOPPED, machine.phase());
        assertTrue(machine.deadline().isEmpty());
    }

    @Test
    void whateverHappensAtMostOneIncarnationLivesAndEveryWaitHasALimit() {
        for (long seed = 0; seed < 500; seed++) {
            new RandomLife(seed).live(200);
        }
    }

    /** Throws random inputs at a machine while playing its one process. */
    private static final class RandomLife {
        private final Random random;
        private final AgentMachine machine = new AgentMachine("a", policy(OptionalInt.empty()));
        private Instant now = Instant.EPOCH;
        private long living;
        private long ticket;
        private boolean unsettled;
        private boolean forced;

        RandomLife(long seed) {
            this.random = new Random(seed);
        }

        void live(int steps) {
            perform(machine.start(now));
            for (int i = 0; i < steps; i++) {
                now = now.plusMillis(random.nextInt(2000));
                perform(step());
                assertTrue(machine.phase() != Phase.STOPPING && machine.phase() != Phase.PREPARING
                        || machine.deadline().isPresent() || living != 0, "waits for ever in " + machine.phase());
            }
        }

        private List<Effect> step() {
            return switch (random.nextInt(14)) {
                case 0 -> {
                    unsettled = true;
                    yield machine.changed(Set.of(FILE), true, now);
                }
                case 1 -> {
                    unsettled = false;
                    yield machine.reload(new Reload(Set.of(FILE), "changed", now, now.plusMillis(random.nextInt(50))), now);
                }
                case 2 -> machine.prepared(ticket, Duration.ZERO, now);
                case 3 -> machine.refused(ticket, BROKEN, now);
                case 4 -> machine.ready(living, sign(9001), now);
                case 5 -> died();
                case 7 -> machine.unchanged(ticket, now);
                case 8 -> {
                    unsettled = false;
                    yield machine.unconcerned(now);
                }
                case 9 -> machine.restart(new Reload(Set.of(), ".env changed (A)", now, now), now);
                case 10 -> machine.reconfigure(policy(random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(9001)),
                        random.nextBoolean());
                case 11 -> machine.confirmed(ticket, now);
                case 6 -> living == 0 ? List.of() : machine.leaderExited(living, THREE, List.of(), now);
                default -> machine.tick(now);
            };
        }

        private List<Effect> died() {
            long dead = living;
            living = 0;
            return dead == 0 ? List.of() : machine.gone(dead, random.nextBoolean() ? THREE : OK, Optional.empty(), now);
        }

        private void perform(List<Effect> effects) {
            for (Effect effect : effects) {
                if (effect instanceof Effect.Launch launch) {
                    assertEquals(0, living, "a second incarnation");
                    assertFalse(unsettled && !forced, "launched while a newer change was known");
                    forced = false;
                    living = launch.run();
                    perform(machine.launched(living, living, false, now));
                } else if (effect instanceof Effect.Prepare prepare) {
                    ticket = prepare.ticket();
                } else if (effect instanceof Effect.Terminate terminate) {
                    assertEquals(living, terminate.run());
                } else if (effect instanceof Effect.Report report
                        && report.event() instanceof SupervisorEvent.EndlessWriter) {
                    forced = true;
                }
            }
        }
    }

    @Test
    void aChangeBeginsWithASuccessorAtOnceAndOnlyWhenItSurelyConcernsTheAgent() {
        startReady();
        run(machine.changed(Set.of(FILE), false, now));
        assertEquals(List.of(), successors);
        changed();
        assertEquals(List.of(new Effect.Warm(OptionalInt.of(9001), Set.of(FILE))), successors);
    }

    @Test
    void aReloadThatWasNotForeseenBeginsWithItsSuccessorWhenItIsPrepared() {
        startReady();
        reload();
        assertEquals(List.of(new Effect.Warm(OptionalInt.of(9001), Set.of())), successors);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "READY", "PREPARING", "STOPPING", "WAITING", "TRIPPED", "FINISHED"})
    void aSuccessorBeginsInEveryPhaseFromWhichAChangeLaunches(Phase phase) {
        bringTo(phase);
        successors.clear();
        changed();
        assertEquals(1, successors.size());
    }

    @Test
    void aStoppedAgentHasNoSuccessor() {
        startReady();
        run(machine.stop(now));
        gone(TERMINATED);
        assertEquals(List.of(new Effect.Cool(true)), successors);
        changed();
        assertEquals(List.of(new Effect.Cool(true)), successors);
    }

    @Test
    void aSuccessorThatNobodyWaitsForAnyMoreIsGivenUp() {
        startReady();
        changed();
        run(machine.unconcerned(now));
        assertEquals(new Effect.Cool(false), successors.get(1));
        reload();
        run(machine.refused(ticket, BROKEN, now));
        assertEquals(new Effect.Cool(false), successors.get(successors.size() - 1));
        reload();
        successors.clear();
        run(machine.unchanged(ticket, now));
        assertEquals(List.of(new Effect.Cool(false)), successors);
        run(machine.missing());
        assertEquals(2, successors.size());
    }

    @Test
    void aWarmStartThatFailsIsRepeatedColdAndDoesNotCount() {
        startReady();
        warm = true;
        reload();
        prepared();
        gone(TERMINATED);
        assertFalse(lastLaunch().cold());
        gone(THREE);
        assertEquals(3, launches);
        assertTrue(lastLaunch().cold());
        assertEquals(Set.of(FILE), lastLaunch().changed());
        assertTrue(reports.contains(new SupervisorEvent.WarmStartFailed("a", THREE)));
        gone(THREE);
        assertEquals(new SupervisorEvent.StartFailed("a", failure("exit code 3", OptionalInt.of(9001)), 1, 3,
                Duration.ofMillis(500)), last());
    }

    @Test
    void aWarmProcessThatWasReadyCrashesLikeAnyOther() {
        startReady();
        warm = true;
        reload();
        prepared();
        gone(TERMINATED);
        ready(9001);
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase());
        assertEquals(2, launches);
    }

    @Test
    void reloadsAreCountedAndOtherLaunchesAreNot() {
        startReady();
        assertEquals(0, lastLaunch().reloads());
        gone(THREE);
        pass(Duration.ofSeconds(1));
        assertEquals(0, lastLaunch().reloads());
        ready(9001);
        reload();
        prepared();
        gone(TERMINATED);
        assertEquals(1, lastLaunch().reloads());
    }

    @Test
    void theTimeASuccessorTakesIsToldApartFromTheCheck() {
        startReady();
        reload();
        now = now.plusMillis(50);
        run(machine.prepared(ticket, Duration.ofMillis(40), now));
        gone(TERMINATED);
        ready(9001);
        List<PhaseTime> phases = ((SupervisorEvent.ReloadCompleted) last()).phases();
        assertTrue(phases.contains(new PhaseTime("check", Duration.ofMillis(10))), phases.toString());
        assertTrue(phases.contains(new PhaseTime("warm", Duration.ofMillis(40))), phases.toString());
    }

    private void assertOnlyAChangeLaunchesIt() {
        pass(Duration.ofHours(1));
        assertEquals(1, launches);
        reload();
        prepared();
        assertEquals(2, launches);
    }

    private void bringTo(Phase phase) {
        switch (phase) {
            case STARTING -> start();
            case READY -> startReady();
            case PREPARING -> {
                startReady();
                reload();
            }
            case STOPPING -> {
                startReady();
                reload();
                prepared();
            }
            case WAITING -> {
                start();
                gone(THREE);
            }
            case TRIPPED -> threeFailedStartsInARowOpenTheBreaker();
            case FINISHED -> {
                start();
                gone(OK);
            }
            case STOPPED -> { }
        }
        assertEquals(phase, machine.phase());
    }

    private void start() {
        run(machine.start(now));
    }

    private void startReady() {
        start();
        ready(9001);
    }

    private void changed() {
        run(machine.changed(Set.of(FILE), true, now));
    }

    private static StartFailure failure(String why, OptionalInt port) {
        return new StartFailure(why, port, Optional.empty());
    }

    private void reload() {
        run(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now, now), now));
    }

    private void prepared() {
        run(machine.prepared(ticket, Duration.ZERO, now));
    }

    private void ready(int port) {
        run(machine.ready(launches, sign(port), now));
    }

    private void gone(ExitStatus exit) {
        run(machine.gone(launches, exit, Optional.empty(), now));
    }

    private static ReadySign sign(int port) {
        return new ReadySign(OptionalInt.of(port), Optional.empty());
    }

    private void pass(Duration time) {
        now = now.plus(time);
        run(machine.tick(now));
    }

    private void run(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Report report) {
                reports.add(report.event());
            } else if (effect instanceof Effect.ReportLiving report) {
                reports.add(report.event().apply(LIVING));
            } else if (effect instanceof Effect.Warm || effect instanceof Effect.Cool) {
                successors.add(effect);
            } else if (effect instanceof Effect.Confirm confirm) {
                run(machine.confirmed(confirm.ticket(), now));
            } else {
                todo.add(effect);
            }
            if (effect instanceof Effect.Launch launch) {
                launches++;
                run(machine.launched(launch.run(), launches, warm && !launch.cold(), now));
            } else if (effect instanceof Effect.Prepare prepare) {
                ticket = prepare.ticket();
            }
        }
    }

    private SupervisorEvent last() {
        return reports.get(reports.size() - 1);
    }

    private Effect lastTodo() {
        return todo.get(todo.size() - 1);
    }

    private Effect.Launch lastLaunch() {
        return (Effect.Launch) lastTodo();
    }
}
