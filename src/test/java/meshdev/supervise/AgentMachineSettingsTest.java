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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other settings do to an agent in each phase. */
class AgentMachineSettingsTest {
    private static final Path FILE = Path.of("/p/agents/a.py");
    private static final ExitStatus THREE = new ExitStatus(3);

    private final AgentMachine machine = new AgentMachine("a", policy(2, Duration.ofSeconds(10), OptionalInt.empty()));
    private final List<Effect> done = new ArrayList<>();
    private final Instant now = Instant.EPOCH;
    private long run;
    private long ticket;

    private static AgentPolicy policy(int attempts, Duration window, OptionalInt port) {
        return new AgentPolicy(FILE, attempts, window, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5), port,
                true, List.of(), false);
    }

    @ParameterizedTest
    @CsvSource({"STARTING, 2", "READY, 2", "PREPARING, 2", "STOPPING, 2", "WAITING, 2",
            "TRIPPED, 3", "FINISHED, 2", "STOPPED, 0"})
    void aRestartCostsOneLaunchInEveryPhaseAndNoneOfAStoppedAgent(Phase phase, long launches) {
        bringTo(phase);
        restart();
        prepared();
        if (machine.phase() == Phase.STOPPING) {
            gone(new ExitStatus(143));
            prepared();
        }
        assertEquals(launches, run);
        assertEquals(phase == Phase.STOPPED ? Phase.STOPPED : Phase.STARTING, machine.phase());
    }

    @Test
    void aRestartClearsTheCountOfFailures() {
        bringTo(Phase.WAITING);
        restart();
        prepared();
        gone(THREE);
        assertEquals(Phase.WAITING, machine.phase(), "the first of two again");
    }

    @Test
    void aRestartWaitsForAChangeThatIsNotQuiet() {
        bringTo(Phase.READY);
        perform(machine.changed(Set.of(FILE), true, now));
        restart();
        assertEquals(Phase.READY, machine.phase());
        perform(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now, now), now));
        prepared();
        gone(new ExitStatus(143));
        assertEquals(2, run);
        assertEquals(Phase.STARTING, machine.phase());
    }

    @Test
    void aRestartOfAnAgentWhoseFileIsMissingIsDoneWhenTheFileIsBack() {
        bringTo(Phase.READY);
        perform(machine.changed(Set.of(FILE), true, now));
        perform(machine.missing());
        restart();
        assertEquals(Phase.READY, machine.phase());
        assertTrue(machine.isAlive());
    }

    @ParameterizedTest
    @CsvSource({"STARTING, STARTING", "READY, READY", "PREPARING, PREPARING", "STOPPING, STARTING", "WAITING, STARTING",
            "TRIPPED, TRIPPED", "FINISHED, FINISHED", "STOPPED, STOPPED"})
    void aChangeThatTurnsOutNotToConcernTheAgentLetsGoOnWhatItHeldUp(Phase phase, Phase then) {
        bringTo(phase);
        perform(machine.changed(Set.of(FILE), true, now));
        if (phase == Phase.STOPPING) {
            gone(new ExitStatus(143));
            assertEquals(Phase.WAITING, machine.phase());
        }
        perform(machine.tick(now.plusSeconds(1)));
        perform(machine.unconcerned(now.plusSeconds(1)));
        if (phase == Phase.STOPPING) {
            prepared();
        }
        assertEquals(then, machine.phase());
    }

    @Test
    void anotherWindowMovesTheDeadlineOfAStart() {
        bringTo(Phase.STARTING);
        perform(machine.reconfigure(policy(2, Duration.ofSeconds(2), OptionalInt.empty()), false));
        assertEquals(now.plusSeconds(2), machine.deadline().orElseThrow());
        perform(machine.reconfigure(policy(2, Duration.ofSeconds(2), OptionalInt.of(9001)), false));
        assertEquals(now.plus(AgentMachine.READY_LIMIT), machine.deadline().orElseThrow());
    }

    @Test
    void fewerAttemptsCountFromTheNextFailureOn() {
        bringTo(Phase.STARTING);
        perform(machine.reconfigure(policy(1, Duration.ofSeconds(10), OptionalInt.empty()), false));
        gone(THREE);
        assertEquals(Phase.TRIPPED, machine.phase());
    }

    @ParameterizedTest
    @CsvSource({"STARTING", "READY", "PREPARING", "STOPPING", "WAITING", "TRIPPED", "FINISHED", "STOPPED"})
    void otherRulesAloneChangeNoPhaseAndDoNothing(Phase phase) {
        bringTo(phase);
        done.clear();
        perform(machine.reconfigure(policy(5, Duration.ofSeconds(10), OptionalInt.empty()), true));
        assertEquals(phase, machine.phase());
        assertEquals(List.of(), done);
    }

    @Test
    void anAgentThatWasStoppedForGoodCanStartAgain() {
        bringTo(Phase.READY);
        perform(machine.stop(now));
        gone(new ExitStatus(143));
        assertEquals(Phase.STOPPED, machine.phase());
        perform(machine.start(now));
        assertEquals(2, run);
    }

    private void bringTo(Phase phase) {
        if (phase != Phase.STOPPED) {
            perform(machine.start(now));
        }
        switch (phase) {
            case STARTING, STOPPED -> { }
            case WAITING -> gone(THREE);
            case FINISHED -> gone(new ExitStatus(0));
            case TRIPPED -> {
                gone(THREE);
                perform(machine.tick(machine.deadline().orElseThrow()));
                gone(THREE);
            }
            case READY, PREPARING, STOPPING -> {
                perform(machine.ready(run, new ReadySign(OptionalInt.of(9001), Optional.empty()), now));
                if (phase != Phase.READY) {
                    perform(machine.reload(new Reload(Set.of(FILE), "agents/a.py changed", now, now), now));
                }
                if (phase == Phase.STOPPING) {
                    prepared();
                }
            }
        }
        assertEquals(phase, machine.phase());
    }

    private void restart() {
        perform(machine.restart(new Reload(Set.of(), ".env changed (RATE)", now, now), now));
    }

    private void prepared() {
        perform(machine.prepared(ticket, Duration.ZERO, now));
    }

    private void gone(ExitStatus exit) {
        perform(machine.gone(run, exit, Optional.empty(), now));
    }

    private void perform(List<Effect> effects) {
        done.addAll(effects);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Launch launch) {
                run = launch.run();
                perform(machine.launched(run, run, false, now));
            } else if (effect instanceof Effect.Prepare prepare) {
                ticket = prepare.ticket();
            } else if (effect instanceof Effect.Confirm confirm) {
                perform(machine.confirmed(confirm.ticket(), now));
            }
        }
    }
}
