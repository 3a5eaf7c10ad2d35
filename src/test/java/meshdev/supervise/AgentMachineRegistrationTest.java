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
import org.junit.jupiter.api.Test;

/** When a reload is told of by an agent that is to be registered again. */
class AgentMachineRegistrationTest {
    private static final Path FILE = Path.of("/p/agents/a.py");
    private static final Optional<Duration> LATE = Optional.of(Duration.ofSeconds(5));

    private final AgentMachine machine = new AgentMachine("a", new AgentPolicy(FILE, 2, Duration.ofSeconds(10), Duration.ofSeconds(3),
            Duration.ofSeconds(10), Duration.ofSeconds(5), OptionalInt.empty(), true, List.of(), true));
    private final List<SupervisorEvent> reports = new ArrayList<>();
    private final List<Effect.AwaitRegistered> asked = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long run;
    private long ticket;

    @Test
    void aFirstStartIsToldAtOnceAndItsRegistrationIsAskedFor() {
        startReady();
        assertEquals(List.of(new Effect.AwaitRegistered(1, 9001)), asked);
        assertEquals(List.of(new SupervisorEvent.Ready("a", OptionalInt.of(9001), 1, Duration.ZERO)), reports);
        perform(machine.registered(1, now));
        assertEquals(1, reports.size(), "nothing more to tell");
    }

    @Test
    void aReloadIsCompleteWhenTheAgentIsRegisteredAndTellsHowLongThatTook() {
        startReady();
        reloadReady();
        assertTrue(completed().isEmpty());
        assertEquals(Phase.READY, machine.phase(), "it serves meanwhile");
        now = now.plusMillis(700);
        perform(machine.registered(2, now));
        SupervisorEvent.ReloadCompleted told = completed().get(0);
        assertEquals(new PhaseTime("registered", Duration.ofMillis(700)), told.phases().get(told.phases().size() - 1));
        assertEquals(OptionalInt.of(9001), told.port());
        perform(machine.registered(2, now));
        assertEquals(1, completed().size());
    }

    @Test
    void anAgentThatNeverRegistersIsReportedAndItsReloadIsComplete() {
        startReady();
        reloadReady();
        now = now.plusSeconds(5);
        perform(machine.notRegistered(2, LATE));
        assertEquals(1, completed().size());
        assertEquals(new SupervisorEvent.NotRegistered("a", Duration.ofSeconds(5)), reports.get(reports.size() - 1));
    }

    @Test
    void theTimeThatAnAgentIsWaitedForInVainIsNoneOfItsReloads() {
        startReady();
        reloadReady();
        now = now.plusSeconds(5);
        perform(machine.notRegistered(2, LATE));
        assertEquals(Duration.ZERO, completed().get(0).took());
        assertTrue(completed().get(0).phases().stream().noneMatch(part -> part.name().equals("registered")));
    }

    @Test
    void anAgentThatDidNotRegisterAtItsFirstStartIsToldOfAtItsFirstReloadOnly() {
        startReady();
        perform(machine.notRegistered(1, LATE));
        reloadReady();
        perform(machine.notRegistered(2, LATE));
        reloadReady();
        perform(machine.notRegistered(3, LATE));
        assertEquals(2, completed().size());
        assertEquals(1, reports.stream().filter(SupervisorEvent.NotRegistered.class::isInstance).count());
    }

    @Test
    void oneThatRegisteredAndStoppedDoingSoIsToldOfAgain() {
        anAgentThatDidNotRegisterAtItsFirstStartIsToldOfAtItsFirstReloadOnly();
        reloadReady();
        perform(machine.registered(4, now));
        reloadReady();
        perform(machine.notRegistered(5, LATE));
        assertEquals(2, reports.stream().filter(SupervisorEvent.NotRegistered.class::isInstance).count());
    }

    @Test
    void withoutARegistryNothingIsToldOfIt() {
        startReady();
        reloadReady();
        perform(machine.notRegistered(2, Optional.empty()));
        assertEquals(1, completed().size());
        assertTrue(reports.stream().noneMatch(SupervisorEvent.NotRegistered.class::isInstance));
    }

    @Test
    void aFirstStartThatNeverRegistersIsNobodysBusiness() {
        startReady();
        perform(machine.notRegistered(1, LATE));
        assertEquals(1, reports.size());
    }

    @Test
    void anAgentThatListensNowhereCannotBeCalledAndIsNotLookedFor() {
        perform(machine.start(now));
        now = now.plusSeconds(10);
        perform(machine.tick(now));
        assertEquals(Phase.READY, machine.phase());
        assertTrue(asked.isEmpty());
        perform(machine.ready(run, sign(), now));
        assertEquals(List.of(new Effect.AwaitRegistered(1, 9001)), asked, "it listens after all");
    }

    @Test
    void newsOfAnEarlierIncarnationIsIgnored() {
        startReady();
        reloadReady();
        perform(machine.registered(1, now));
        assertTrue(completed().isEmpty());
    }

    @Test
    void aReloadThatTheNextOneOvertakesIsToldBeforeThat() {
        startReady();
        reloadReady();
        perform(machine.changed(Set.of(FILE), true, now));
        perform(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now, now), now));
        assertEquals(1, completed().size());
        assertTrue(completed().get(0).phases().stream().noneMatch(part -> part.name().equals("registered")));
        prepareStopLaunch();
        perform(machine.registered(2, now));
        assertEquals(1, completed().size());
        perform(machine.ready(3, sign(), now));
        perform(machine.registered(3, now));
        assertEquals(2, completed().size());
    }

    @Test
    void anAgentThatEndsBeforeItIsRegisteredHasNotCompletedItsReload() {
        startReady();
        reloadReady();
        perform(machine.gone(2, new ExitStatus(3), Optional.empty(), now));
        perform(machine.registered(2, now));
        assertTrue(completed().isEmpty());
    }

    private List<SupervisorEvent.ReloadCompleted> completed() {
        return reports.stream().filter(SupervisorEvent.ReloadCompleted.class::isInstance)
                .map(SupervisorEvent.ReloadCompleted.class::cast).toList();
    }

    private void startReady() {
        perform(machine.start(now));
        perform(machine.ready(run, sign(), now));
    }

    private void reloadReady() {
        perform(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now, now), now));
        prepareStopLaunch();
        perform(machine.ready(run, sign(), now));
    }

    private void prepareStopLaunch() {
        perform(machine.prepared(ticket, Duration.ZERO, now));
        perform(machine.gone(run, new ExitStatus(143), Optional.empty(), now));
    }

    private static ReadySign sign() {
        return new ReadySign(OptionalInt.of(9001), Optional.empty());
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Launch launch) {
                run = launch.run();
                perform(machine.launched(run, run, false, now));
            } else if (effect instanceof Effect.Prepare prepare) {
                ticket = prepare.ticket();
            } else if (effect instanceof Effect.Confirm confirm) {
                perform(machine.confirmed(confirm.ticket(), now));
            } else if (effect instanceof Effect.AwaitRegistered await) {
                asked.add(await);
            } else if (effect instanceof Effect.Report report) {
                reports.add(report.event());
            }
        }
    }
}
