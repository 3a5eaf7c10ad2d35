package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;
import meshdev.agent.ReloadPlanner;
import meshdev.config.Sourced;
import meshdev.process.ExitStatus;
import meshdev.process.LaunchException;
import meshdev.process.ProcessName;
import meshdev.process.ReadySign;
import meshdev.watch.Change;
import meshdev.watch.Decision;
import meshdev.watch.Refusal;
import meshdev.watch.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One turn at a time, with a clock that stands still and processes that are numbers. */
@Timeout(10)
class SupervisorTest {
    private static final Path ROOT = Path.of("/p");
    private static final Path A = ROOT.resolve("agents/a.py");
    private static final Path B = ROOT.resolve("agents/b.py");
    private static final Path C = ROOT.resolve("agents/c.py");
    private static final Path SHARED = ROOT.resolve("config/app.yaml");
    private static final Duration QUIET = Duration.ofMillis(500);

    private final List<SupervisorEvent> events = new ArrayList<>();
    private final FakeLauncher launcher = new FakeLauncher();
    private Instant now = Instant.EPOCH;
    private int taken;
    private Supervisor supervisor = supervisor(Map.of(), agent("a", A), agent("b", B));

    private static Map<String, AgentPolicy> policies(Map<String, List<String>> dependsOn, Agent... agents) {
        Map<String, AgentPolicy> policies = new LinkedHashMap<>();
        for (Agent agent : agents) {
            policies.put(agent.name(), new AgentPolicy(agent.file(), 3, Duration.ofSeconds(10), Duration.ofSeconds(3),
                    Duration.ofSeconds(10), Duration.ofSeconds(5), OptionalInt.empty(), true,
                    dependsOn.getOrDefault(agent.name(), List.of()), false));
        }
        return policies;
    }

    private Supervisor supervisor(Map<String, List<String>> dependsOn, Agent... agents) {
        PendingChanges pending = new PendingChanges(List.of(agents), new ReloadPlanner(ROOT, Map.of(), ImportKnowledge.NONE),
                ImportKnowledge.NONE, QUIET);
        return new Supervisor(policies(dependsOn, agents), pending, launcher, events::add, () -> now);
    }

    private static Agent agent(String name, Path file) {
        return new Agent(name, Agent.Kind.PYTHON, file, Optional.empty(), List.of("python3", file.toString()), ROOT,
                Map.of(), OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    @Test
    void aChangeReloadsItsAgentAlone() {
        startAllReady();
        change(A);
        pass(QUIET);
        turn(); // the preparation's answer
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
        gone("a", 1);
        assertEquals(List.of("a1", "b1", "terminate a1", "a2"), launcher.done);
    }

    @Test
    void aReloadIsPreparedBeforeItsChangesAreQuietAndBeginsWhenTheyAre() {
        startAllReady();
        change(A);
        pass(QUIET.minusMillis(20));
        turn();
        pass(Duration.ofMillis(19));
        assertEquals(List.of("a1", "b1"), launcher.done);
        pass(Duration.ofMillis(1));
        turn();
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
    }

    @Test
    void aFileThatNobodyClaimsReloadsAllAndSaysSo() {
        startAllReady();
        change(SHARED);
        pass(QUIET);
        turn();
        turn();
        assertEquals(List.of("a1", "b1", "terminate a1", "terminate b1"), launcher.done);
        SupervisorEvent.Reloading reloading = (SupervisorEvent.Reloading) events.get(events.size() - 1);
        assertTrue(reloading.reason().startsWith("config/app.yaml changed ("), reloading.reason());
    }

    @Test
    void oneAgentsWriterDoesNotDelayAnothersReload() {
        startAllReady();
        change(A);
        pass(QUIET.minusMillis(10));
        change(B);
        pass(Duration.ofMillis(10));
        turn();
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
    }

    @Test
    void twentyFiveSavesWithinASecondAreOneReload() {
        startAllReady();
        for (int i = 0; i < 25; i++) {
            change(A);
            pass(Duration.ofMillis(40));
        }
        pass(QUIET);
        turn();
        gone("a", 1);
        assertEquals(List.of("a1", "b1", "terminate a1", "a2"), launcher.done);
    }

    @Test
    void aLostEntryFileKeepsTheOldProcessUntilItIsBack() {
        startAllReady();
        post(new Message.FilesChanged(List.of(changeOf(A, Change.Kind.DELETED, Verdict.RELOAD)), now));
        pass(QUIET);
        assertEquals(new SupervisorEvent.Missing("a", true), events.get(events.size() - 1));
        post(new Message.FilesChanged(List.of(changeOf(A, Change.Kind.CREATED, Verdict.RELOAD)), now));
        pass(QUIET);
        turn();
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
    }

    @Test
    void anotherSaveDoesNotEndAnAgentWhoseFileIsGone() {
        startAllReady();
        post(new Message.FilesChanged(List.of(changeOf(A, Change.Kind.DELETED, Verdict.RELOAD)), now));
        pass(QUIET);
        change(SHARED);
        pass(QUIET);
        turn();
        turn();
        assertEquals(List.of("a1", "b1", "terminate b1"), launcher.done);
    }

    @Test
    void anInternalErrorInALaunchIsAFailedStartAndQuitStillWorks() throws InterruptedException {
        launcher.explode = "a";
        supervisor.start();
        assertEquals(List.of("b1"), launcher.done);
        assertTrue(events.stream().anyMatch(SupervisorEvent.Fault.class::isInstance));
        post(new Message.Quit(130));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(143), Optional.empty()));
        assertEquals(130, supervisor.run());
    }

    @Test
    void logOnlyFilesAreNamedAndReloadNobody() {
        startAllReady();
        Path readme = ROOT.resolve("README.md");
        for (int i = 0; i < 3; i++) {
            post(new Message.FilesChanged(List.of(changeOf(readme, Change.Kind.MODIFIED, Verdict.LOG_ONLY)), now));
        }
        pass(QUIET.multipliedBy(10));
        assertEquals(new SupervisorEvent.LogOnly(Set.of(readme)), events.get(events.size() - 1));
        assertEquals(List.of("a1", "b1"), launcher.done);
    }

    @Test
    void quitStopsAllAtOnceAndTheSecondOneKills() throws InterruptedException {
        startAllReady();
        post(new Message.Quit(130));
        assertEquals(List.of("a1", "b1", "terminate a1", "terminate b1"), launcher.done);
        pass(Supervisor.TOGETHER.minusMillis(1));
        post(new Message.Quit(143));
        assertEquals(4, launcher.done.size(), "a script passes on the Ctrl-C that the terminal has sent to all");
        pass(Duration.ofMillis(1));
        post(new Message.Quit(143));
        assertEquals(List.of("kill a1", "kill b1"), launcher.done.subList(4, 6));
        supervisor.post(new Message.Gone("a", 1, new ExitStatus(137), Optional.empty()));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(137), Optional.empty()));
        assertEquals(130, supervisor.run());
    }

    @Test
    void theFirstCtrlCAfterAClosedOutputHurriesNobodyEither() throws InterruptedException {
        startAllReady();
        post(new Message.OutputClosed(129));
        post(new Message.Quit(130));
        assertEquals(List.of("a1", "b1", "terminate a1", "terminate b1"), launcher.done);
        pass(Supervisor.TOGETHER);
        post(new Message.Quit(130));
        assertEquals(List.of("kill a1", "kill b1"), launcher.done.subList(4, 6));
        supervisor.post(new Message.Gone("a", 1, new ExitStatus(137), Optional.empty()));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(137), Optional.empty()));
        assertEquals(129, supervisor.run());
    }

    @Test
    void closedOutputQuitsButHurriesNobody() throws InterruptedException {
        startAllReady();
        post(new Message.OutputClosed(141));
        post(new Message.OutputClosed(141));
        assertEquals(List.of("a1", "b1", "terminate a1", "terminate b1"), launcher.done);
        supervisor.post(new Message.Gone("a", 1, new ExitStatus(143), Optional.empty()));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(143), Optional.empty()));
        assertEquals(141, supervisor.run());
    }

    @Test
    void anEndlessWriterIsReloadedAtTheCapAsItIs() {
        startAllReady();
        for (int i = 0; i < 60; i++) {
            change(A);
            pass(Duration.ofMillis(100));
        }
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
        assertTrue(events.contains(new SupervisorEvent.EndlessWriter("a", Set.of(A))));
        gone("a", 1);
        assertEquals(List.of("a1", "b1", "terminate a1", "a2"), launcher.done);
    }

    @Test
    void aLaunchThatFailsIsTriedAgainAndTheOthersRun() {
        launcher.refuse = "a";
        supervisor.start();
        assertEquals(List.of("b1"), launcher.done);
        pass(Duration.ofMillis(500));
        pass(Duration.ofSeconds(1));
        assertTrue(events.stream().anyMatch(event -> event instanceof SupervisorEvent.BreakerTripped tripped
                && tripped.agent().equals("a")));
    }

    @Test
    void aFaultOfMeshDevsOwnIsReportedAndSupervisionGoesOn() throws InterruptedException {
        startAllReady();
        supervisor.post(new Message.Gone("unknown", 1, new ExitStatus(0), Optional.empty()));
        supervisor.post(new Message.Quit(0));
        supervisor.post(new Message.Gone("a", 1, new ExitStatus(0), Optional.empty()));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(0), Optional.empty()));
        assertEquals(0, supervisor.run());
        assertTrue(events.stream().anyMatch(SupervisorEvent.Fault.class::isInstance));
    }

    @Test
    void afterAStallNobodyIsKilledWhoHadEndedMeanwhile() {
        startAllReady();
        post(new Message.Quit(130));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofMinutes(1));
        post(new Message.Gone("a", 1, new ExitStatus(143), Optional.empty()));
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a1", "b1", "terminate a1", "terminate b1", "kill b1"), launcher.done);
    }

    @Test
    void aStallDoesNotMakeAStartLate() {
        supervisor.start();
        now = now.plus(Duration.ofMinutes(5));
        post(new Message.Gone("b", 1, new ExitStatus(3), Optional.empty()));
        post(new Message.Ready("a", 1, new ReadySign(OptionalInt.of(9001), Optional.empty())));
        assertTrue(events.stream().anyMatch(event -> event instanceof SupervisorEvent.Ready ready
                && ready.agent().equals("a") && ready.port().isPresent()), events::toString);
        assertTrue(events.stream().anyMatch(SupervisorEvent.StartFailed.class::isInstance), events::toString);
    }

    @Test
    void whoIsStillStoppingIsAskedWhenItIsSaid() {
        startAllReady();
        post(new Message.Quit(130));
        pass(Duration.ofSeconds(1));
        assertTrue(events.contains(new SupervisorEvent.StillStopping("a", List.of(new ProcessName(1, "python a1")),
                Duration.ofSeconds(9))), events::toString);
    }

    @Test
    void agentsThatAFileReloadsAreJudgedSeparately() {
        supervisor.start();
        for (long run = 1; run <= 3; run++) {
            change(SHARED);
            change(B); // b has a reason of its own to restart, so it is no loop of b
            pass(QUIET);
            turn();
            turn();
            gone("a", run);
            gone("b", run);
        }
        launcher.done.clear();
        change(SHARED);
        pass(QUIET);
        turn();
        assertTrue(events.contains(new SupervisorEvent.Paused("a", SHARED)), events::toString);
        assertEquals(List.of("terminate b4"), launcher.done);
    }

    @Test
    void anAgentIsFirstLaunchedWhenWhatItDependsOnIsReady() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        assertEquals(List.of("b1"), launcher.done);
        assertEquals(List.of(new SupervisorEvent.WaitsFor("a", Set.of("b"))), events);
        ready("b", 1);
        assertEquals(List.of("b1", "a1"), launcher.done);
    }

    @Test
    void onceStartedNobodyIsHeldOrRestartedByWhatItDependsOn() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        ready("b", 1);
        ready("a", 1);
        change(B);
        pass(QUIET);
        turn();
        change(A);
        pass(QUIET);
        turn();
        gone("a", 1);
        assertEquals(List.of("b1", "a1", "terminate b1", "terminate a1", "a2"), launcher.done);
    }

    @Test
    void anAgentThatFinishedIsAsGoodAsReady() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        post(new Message.Gone("b", 1, new ExitStatus(0), Optional.empty()));
        assertEquals(List.of("b1", "a1"), launcher.done);
    }

    @Test
    void anAgentThatIsNeverReadyIsNotWaitedForWithoutEnd() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        for (int second = 1; second < 60; second++) {
            post(new Message.Gone("b", second, new ExitStatus(1), Optional.empty()));
            change(B); // a save ends the row of failures, so that it never trips
            pass(Duration.ofSeconds(1));
            turn();
        }
        assertFalse(launcher.done.contains("a1"));
        pass(Duration.ofSeconds(1));
        assertTrue(launcher.done.contains("a1"));
        assertTrue(events.contains(new SupervisorEvent.StartsWithout("a", Map.of("b", StartOrder.Standing.LATE))),
                events::toString);
    }

    @Test
    void aStallMakesNobodyStartWithoutWhatItDependsOn() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        pass(Duration.ofMinutes(5));
        assertEquals(List.of("b1"), launcher.done);
        ready("b", 1);
        assertEquals(List.of("b1", "a1"), launcher.done);
    }

    @Test
    void anAgentStartsWithoutOneThatTripped() {
        launcher.refuse = "b";
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        pass(Duration.ofMillis(500));
        assertEquals(List.of(), launcher.done);
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a1"), launcher.done);
        assertTrue(events.contains(new SupervisorEvent.StartsWithout("a", Map.of("b", StartOrder.Standing.TRIPPED))),
                events::toString);
    }

    @Test
    void whoWaitsIsNotStartedByASaveButRunsItOnceLater() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        change(A);
        pass(QUIET);
        turn();
        assertEquals(List.of("b1"), launcher.done);
        ready("b", 1);
        assertEquals(List.of("b1", "a1"), launcher.done);
        assertEquals(Set.of(A), launcher.changed, "so that its stale byte code is deleted");
        pass(QUIET.multipliedBy(3));
        turn();
        assertEquals(List.of("b1", "a1"), launcher.done);
    }

    @Test
    void aSaveThatIsNotQuietYetIsWaitedForWhenTheWaitIsOver() {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        change(A);
        ready("b", 1);
        assertEquals(List.of("b1"), launcher.done);
        pass(QUIET);
        turn();
        pass(QUIET.multipliedBy(3));
        turn();
        assertEquals(List.of("b1", "a1"), launcher.done);
    }

    @Test
    void whoWaitsWhenMeshDevQuitsNeverStarts() throws InterruptedException {
        supervisor = supervisor(Map.of("a", List.of("b")), agent("a", A), agent("b", B));
        supervisor.start();
        post(new Message.Quit(130));
        post(new Message.Ready("b", 1, new ReadySign(OptionalInt.of(9001), Optional.empty())));
        supervisor.post(new Message.Gone("b", 1, new ExitStatus(0), Optional.empty()));
        assertEquals(130, supervisor.run());
        assertEquals(List.of("b1", "terminate b1"), launcher.done);
    }

    @Test
    void decisionsAreToldTheNoesIncluded() {
        startAllReady();
        Path readme = ROOT.resolve("README.md");
        Path other = ROOT.resolve("x.c");
        events.clear();
        change(A);
        change(A);
        post(new Message.FilesChanged(List.of(changeOf(readme, Change.Kind.MODIFIED, Verdict.LOG_ONLY)), now));
        post(new Message.FilesRefused(List.of(new Refusal(other, new Decision(Verdict.IGNORED, Optional.empty(), "no rule"))), now));
        post(new Message.FilesChanged(List.of(changeOf(B, Change.Kind.DELETED, Verdict.RELOAD)), now));
        change(SHARED);
        String everybody = "no agent claims it, all reload";
        assertEquals(List.of(
                new FileDecision(FileDecision.Kind.RELOAD, A, "a test", Map.of("a", "")),
                new FileDecision(FileDecision.Kind.LOG_ONLY, readme, "a test", Map.of()),
                new FileDecision(FileDecision.Kind.REFUSED, other, "no rule", Map.of()),
                new FileDecision(FileDecision.Kind.RELOAD, B, "a test", Map.of("b", "not until its file is back")),
                new FileDecision(FileDecision.Kind.RELOAD, SHARED, "a test", Map.of("a", everybody, "b", everybody))), decisions());
    }

    @Test
    void aChangeThatIsTakenForTheAgentsOwnIsADecisionToo() {
        agentsThatAFileReloadsAreJudgedSeparately();
        assertTrue(decisions().contains(FileDecision.ownWrite("a", SHARED)), events::toString);
    }

    private List<FileDecision> decisions() {
        return events.stream().filter(SupervisorEvent.Decided.class::isInstance)
                .map(event -> ((SupervisorEvent.Decided) event).decision()).toList();
    }

    private void ready(String agent, long run) {
        post(new Message.Ready(agent, run, new ReadySign(OptionalInt.of(9001), Optional.empty())));
    }

    @Test
    void aNewAgentIsStartedAndItsFileReloadsNobody() {
        startAllReady();
        post(new Message.Searching(1, Set.of(C)));
        change(C); // nobody claims it so far
        pass(QUIET.multipliedBy(2));
        assertEquals(List.of("a1", "b1"), launcher.done);
        reconfigure(Map.of("c", Optional.empty()), Set.of(), Map.of(), agent("a", A), agent("b", B), agent("c", C));
        post(new Message.Searched(1));
        assertEquals(List.of("a1", "b1", "c1"), launcher.done);
        change(C);
        pass(QUIET);
        turn();
        assertEquals("terminate c1", launcher.done.get(3));
    }

    @Test
    void aSearchThatDoesNotAnswerHoldsNothingBackForEver() {
        startAllReady();
        post(new Message.Searching(1, Set.of(A)));
        change(A);
        pass(QUIET);
        assertEquals(List.of(), launcher.answers);
        for (Duration slept = Duration.ZERO; slept.compareTo(HeldBack.LIMIT) < 0; slept = slept.plusMillis(900)) {
            pass(Duration.ofMillis(900));
        }
        turn();
        assertEquals("terminate a1", launcher.done.get(2));
    }

    @Test
    void anAgentStartsWhenTheOneItReplacesIsDownAndThatLeaves() {
        startAllReady();
        reconfigure(Map.of("c", Optional.of("a")), Set.of("a"), Map.of(), agent("b", B), agent("c", C));
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
        gone("a", 1);
        assertEquals(List.of("a1", "b1", "terminate a1", "c1"), launcher.done);
        assertTrue(events.contains(new SupervisorEvent.Left("a")), events::toString);
        change(A);
        pass(QUIET);
        assertEquals(2, launcher.answers.size(), "nobody claims it: b and c reload, and no agent a is asked");
    }

    @Test
    void anAgentThatComesBackWhileItEndsIsStartedAfterItsEndAndDoesNotLeave() {
        startAllReady();
        reconfigure(Map.of(), Set.of("a"), Map.of(), agent("b", B));
        reconfigure(Map.of("a", Optional.empty()), Set.of(), Map.of(), agent("a", A), agent("b", B));
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
        gone("a", 1);
        assertEquals(List.of("a1", "b1", "terminate a1", "a2"), launcher.done);
        assertFalse(events.contains(new SupervisorEvent.Left("a")), events::toString);
    }

    @Test
    void aSettingRestartsItsAgentAloneAndARunThatEndsTakesNoMoreSettings() {
        startAllReady();
        Reload reload = new Reload(Set.of(), ".env changed (RATE)", now, now);
        reconfigure(Map.of(), Set.of(), Map.of("a", reload), agent("a", A), agent("b", B));
        turn();
        assertEquals(List.of("a1", "b1", "terminate a1"), launcher.done);
        gone("a", 1);
        assertTrue(events.contains(new SupervisorEvent.Reloading("a", ".env changed (RATE)")), events::toString);
        post(new Message.Quit(0));
        int before = taken;
        reconfigure(Map.of("c", Optional.empty()), Set.of(), Map.of(), agent("c", C));
        assertEquals(before, taken);
        assertFalse(launcher.done.contains("c1"));
    }

    @Test
    void anotherQuietTimeHoldsAtOnce() {
        startAllReady();
        change(A);
        post(new Message.Reconfigured(
                reconfiguration(Duration.ZERO, Map.of(), Set.of(), Map.of(), agent("a", A), agent("b", B))));
        turn();
        assertEquals("terminate a1", launcher.done.get(2));
    }

    private void reconfigure(Map<String, Optional<String>> arriving, Set<String> leaving, Map<String, Reload> restarts,
            Agent... agents) {
        post(new Message.Reconfigured(reconfiguration(QUIET, arriving, leaving, restarts, agents)));
    }

    private Reconfiguration reconfiguration(Duration quiet, Map<String, Optional<String>> arriving, Set<String> leaving,
            Map<String, Reload> restarts, Agent... agents) {
        return new Reconfiguration(List.of(agents), policies(Map.of(), agents), new ReloadPlanner(ROOT, Map.of(), ImportKnowledge.NONE), quiet, true, restarts,
                arriving, leaving, () -> taken++);
    }

    private void startAllReady() {
        supervisor.start();
        for (String agent : List.of("a", "b")) {
            post(new Message.Ready(agent, 1, new ReadySign(OptionalInt.of(9001), Optional.empty())));
        }
        assertFalse(events.isEmpty());
    }

    private void change(Path file) {
        post(new Message.FilesChanged(List.of(changeOf(file, Change.Kind.MODIFIED, Verdict.RELOAD)), now));
    }

    private static Change changeOf(Path file, Change.Kind kind, Verdict verdict) {
        return new Change(file, kind, new Decision(verdict, Optional.of(Sourced.builtIn("*")), "a test"));
    }

    private void gone(String agent, long run) {
        post(new Message.Gone(agent, run, new ExitStatus(143), Optional.empty()));
    }

    private void post(Message message) {
        handle(Optional.of(message));
    }

    private void handle(Optional<Message> message) {
        supervisor.handle(message);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        handle(Optional.empty());
    }

    /** Delivers the answer to the oldest open preparation, if there is one; nothing changes after it. */
    private void turn() {
        handle(launcher.answers.isEmpty() ? Optional.empty() : Optional.of(launcher.answers.remove(0)));
        if (!launcher.answers.isEmpty() && launcher.answers.get(0) instanceof Message.Confirmed) {
            handle(Optional.of(launcher.answers.remove(0)));
        }
    }

    /** Writes down what it is asked to do; preparations succeed at once. */
    private static final class FakeLauncher implements AgentLauncher {
        private final List<String> done = new ArrayList<>();
        private final List<Message> answers = new ArrayList<>();
        private Set<Path> changed = Set.of();
        private String refuse = "";
        private String explode = "";

        @Override
        public void warm(String agent, OptionalInt port, Set<Path> changed) {
        }

        @Override
        public void cool(String agent, boolean over) {
        }

        @Override
        public void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
            answers.add(new Message.Prepared(agent, ticket, Duration.ZERO));
        }

        @Override
        public void confirm(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
            answers.add(0, new Message.Confirmed(agent, ticket));
        }

        @Override
        public void awaitRegistered(String agent, long run, int port, Consumer<Message> inbox) {
        }

        @Override
        public LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException {
            if (order.agent().equals(refuse)) {
                throw new LaunchException("refused by the test");
            }
            if (order.agent().equals(explode)) {
                throw new IllegalStateException("a bug");
            }
            String name = order.agent() + order.run();
            done.add(name);
            changed = order.changed();
            return new LaunchedAgent() {
                @Override
                public long pid() {
                    return order.run();
                }

                @Override
                public boolean isWarm() {
                    return false;
                }

                @Override
                public List<ProcessName> living() {
                    return List.of(new ProcessName(order.run(), "python " + name));
                }

                @Override
                public void terminate() {
                    done.add("terminate " + name);
                }

                @Override
                public void kill() {
                    done.add("kill " + name);
                }
            };
        }
    }
}
