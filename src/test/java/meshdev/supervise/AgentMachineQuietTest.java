package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import meshdev.process.ExitStatus;
import meshdev.process.ReadySign;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reload is prepared a moment before its changes are quiet, and decided when they are. */
class AgentMachineQuietTest {
    private static final Path FILE = Path.of("/p/agents/a.py");
    private static final Objection BROKEN = new Objection("agents/a.py:1: SyntaxError", List.of());
    private static final Duration LEAD = Duration.ofMillis(20);

    private final AgentMachine machine = new AgentMachine("a", new AgentPolicy(FILE, 3, Duration.ofSeconds(10),
            Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5), OptionalInt.empty(), true, List.of(), false));
    private final List<Effect> done = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long ticket;

    @BeforeEach
    void anAgentIsReadyAndItsReloadIsPrepared() {
        perform(machine.start(now));
        perform(machine.launched(1, 1, false, now));
        perform(machine.ready(1, new ReadySign(OptionalInt.of(9001), Optional.empty()), now));
        reload();
    }

    @Test
    void nothingIsStoppedBeforeTheQuietTimeIsOver() {
        pass(LEAD.minusMillis(1));
        prepared();
        pass(Duration.ZERO);
        assertEquals(List.of(), done);
        pass(Duration.ofMillis(1));
        assertEquals(List.of(new Effect.Confirm(ticket, Set.of(FILE))), done);
        perform(machine.confirmed(ticket, now));
        assertEquals(new Effect.Terminate(1), done.get(1));
    }

    @Test
    void anAnswerThatComesLaterIsConfirmedAtOnce() {
        pass(LEAD.plusMillis(300));
        prepared();
        assertEquals(List.of(new Effect.Confirm(ticket, Set.of(FILE))), done);
    }

    @Test
    void aChangeInTheLastMomentMakesTheAnswerVoid() {
        prepared();
        long old = ticket;
        perform(machine.changed(Set.of(FILE), true, now));
        pass(LEAD);
        perform(machine.confirmed(old, now));
        assertEquals(List.of(), done);
        assertEquals(Phase.READY, machine.phase());
        reload();
        pass(LEAD);
        assertEquals(List.of(), done, "the new question has no answer yet");
        prepared();
        perform(machine.confirmed(ticket, now));
        assertTrue(done.contains(new Effect.Terminate(1)));
    }

    @Test
    void aChangeThatTheLastLookFindsMakesTheAnswerVoid() {
        prepared();
        pass(LEAD);
        long old = ticket;
        perform(machine.changed(Set.of(FILE), true, now));
        perform(machine.confirmed(old, now));
        pass(AgentMachine.CONFIRM_LIMIT);
        assertEquals(List.of(new Effect.Confirm(old, Set.of(FILE))), done);
    }

    @Test
    void aRefusalIsToldWhenTheChangesAreQuiet() {
        perform(machine.refused(ticket, BROKEN, now));
        assertEquals(Phase.PREPARING, machine.phase());
        pass(LEAD);
        List<Effect> told = machine.confirmed(ticket, now);
        assertTrue(told.contains(new Effect.Report(new SupervisorEvent.ReloadRefused("a", BROKEN, true))), told.toString());
        assertEquals(Phase.READY, machine.phase());
    }

    @Test
    void filesThatNobodyLooksAtAreTakenAsTheyAreAfterAMoment() {
        prepared();
        pass(LEAD);
        pass(AgentMachine.CONFIRM_LIMIT);
        assertTrue(done.contains(new Effect.Terminate(1)));
    }

    @Test
    void anAgentThatDiesMeanwhileIsLaunchedWhenTheChangesAreQuiet() {
        prepared();
        perform(machine.gone(1, new ExitStatus(1), Optional.empty(), now));
        assertEquals(List.of(), done);
        pass(LEAD);
        perform(machine.confirmed(ticket, now));
        assertTrue(done.get(1) instanceof Effect.Launch);
    }

    @Test
    void theTimeThatABrokenFileWaitsToBeMendedIsNoneOfTheReload() {
        refuseForAMinute();
        reload();
        prepared();
        pass(LEAD);
        List<PhaseTime> phases = complete();
        assertEquals(new PhaseTime("quiet", Duration.ofMillis(500)), phases.get(1));
    }

    @Test
    void norWhenAnotherSettingRestartsIt() {
        refuseForAMinute();
        perform(machine.restart(new Reload(Set.of(), ".env changed", now.minusMillis(500), now), now));
        done.clear();
        prepared();
        pass(Duration.ZERO);
        assertEquals(new PhaseTime("quiet", Duration.ofMillis(500)), complete().get(1));
    }

    /** What is prepared within the quiet time costs none beside it; what goes on longer, and the last look, do. */
    @Test
    void onlyWhatTakesLongerThanTheQuietTimeCountsAsCheckAndWarm() {
        assertEquals(List.of(Duration.ofMillis(2), Duration.ZERO), checkAndWarm(Duration.ofMillis(10), Duration.ofMillis(5)));
        reload();
        assertEquals(List.of(Duration.ofMillis(2 + 30), Duration.ofMillis(50)), checkAndWarm(Duration.ofMillis(100), Duration.ofMillis(50)));
    }

    private List<Duration> checkAndWarm(Duration answer, Duration warming) {
        pass(answer);
        perform(machine.prepared(ticket, warming, now));
        pass(answer.compareTo(LEAD) < 0 ? LEAD.minus(answer) : Duration.ZERO);
        now = now.plusMillis(2);
        List<PhaseTime> phases = complete();
        return List.of(phases.get(2).took(), phases.get(3).took());
    }

    private List<PhaseTime> complete() {
        perform(machine.confirmed(ticket, now));
        long run = ((Effect.Terminate) done.get(done.size() - 1)).run();
        perform(machine.gone(run, new ExitStatus(143), Optional.empty(), now));
        perform(machine.launched(run + 1, 1, false, now));
        List<Effect> told = machine.ready(run + 1, new ReadySign(OptionalInt.of(9001), Optional.empty()), now);
        return told.stream().filter(Effect.Report.class::isInstance).map(effect -> ((Effect.Report) effect).event())
                .filter(SupervisorEvent.ReloadCompleted.class::isInstance)
                .flatMap(event -> ((SupervisorEvent.ReloadCompleted) event).phases().stream()).toList();
    }

    private void refuseForAMinute() {
        perform(machine.refused(ticket, BROKEN, now));
        pass(LEAD);
        perform(machine.confirmed(ticket, now));
        now = now.plusSeconds(60);
    }

    private void reload() {
        perform(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now.minusMillis(480), now.plus(LEAD)), now));
        done.clear();
    }

    private void prepared() {
        perform(machine.prepared(ticket, Duration.ZERO, now));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        perform(machine.tick(now));
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Prepare prepare) {
                ticket = prepare.ticket();
            } else if (effect instanceof Effect.Confirm || effect instanceof Effect.Terminate || effect instanceof Effect.Launch) {
                done.add(effect);
            }
        }
    }
}
