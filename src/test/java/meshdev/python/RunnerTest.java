package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import meshdev.process.AgentProcess;
import meshdev.process.ExitStatus;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.ProcessListener;
import meshdev.process.ProcessName;
import meshdev.process.Processes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real interpreter that waits, and what it becomes; and a successor that has to decide between the two. */
@Timeout(60)
class RunnerTest {
    private static final Successor.Manner REFRESH = new Successor.Manner(true, false, false);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<ExitStatus> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> fallbacks = new LinkedBlockingQueue<>();
    private final Processes processes = OwnProcesses.printingTo(lines::add);
    private long room = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    private final ProcessListener listener = new ProcessListener() {
        @Override
        public void leaderExited(ExitStatus exit, List<ProcessName> left) {
        }

        @Override
        public void gone(ExitStatus exit) {
            ends.add(exit);
        }
    };

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        OwnProcesses.assertNoneLeft(folder.toString());
    }

    @Test
    void itWaitsAndRunsNothingUntilItIsToldToGo() throws Exception {
        Runner runner = runner("import os\nprint('ran', os.environ['COUNT'], os.environ.get('OTHER'))\n", plain());
        assertTrue(runner.readiness().get().isFit());
        assertTrue(lines.isEmpty());
        runner.go(Map.of("COUNT", "ü 1"), listener);
        assertEquals("ran ü 1 None", line());
        assertEquals(new ExitStatus(0), ends.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatIsPrintedTooEarlyIsToldWhenItIsTheAgent() throws Exception {
        Path module = Files.writeString(folder.resolve("sitecustomize.py"), "print('early')\n");
        Runner runner = runner("print('late')\n", plain(), "PYTHONPATH", module.getParent().toString());
        runner.readiness().get();
        assertTrue(lines.isEmpty());
        runner.go(Map.of(), listener);
        assertEquals("early", line());
        assertEquals("late", line());
        ends.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void sourcesAreCheckedWithTheirPlaceAndNothingOfThatStays() throws Exception {
        Runner runner = runner("import sys\nprint(sorted(set(sys.modules) & {'compiling', 'surface', 'ast'}))\n", plain());
        Path broken = Files.writeString(folder.resolve("broken.py"), "x = 1\ndef broken(:\n");
        Path good = Files.writeString(folder.resolve("good.py"), "x = 1\n");
        List<SourceError> errors = runner.check(List.of(good, broken, folder.resolve("gone.py"))).get();
        assertEquals(1, errors.size());
        assertEquals(broken, errors.get(0).file());
        assertEquals(2, errors.get(0).line());
        assertEquals(Set.of(good), runner.surfaces(List.of(good, broken)).get().keySet());
        runner.go(Map.of(), listener);
        assertEquals("[]", line());
        ends.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void itSaysWhenWhatItLoadedWouldBeAnotherNow() throws Exception {
        Files.createDirectories(folder.resolve("work"));
        Runner runner = runner("", plain());
        assertEquals(Optional.empty(), runner.staleness().get());
        Files.move(folder.resolve("work"), folder.resolve("other"));
        Files.createDirectories(folder.resolve("work"));
        assertEquals("the working directory is another one", runner.staleness().get().orElseThrow());
        runner.end();
    }

    @Test
    void oneThatWasEndedCanNeitherBeAskedNorGo() throws Exception {
        Runner runner = runner("", plain());
        runner.readiness().get();
        runner.end();
        assertTrue(runner.check(List.of(folder.resolve("a.py"))).handle((errors, failure) -> failure != null).get());
        assertEquals(Optional.empty(), released(runner));
        assertTrue(ends.isEmpty());
    }

    /** It may be asked to go in the moment it ends; then its end is told instead. */
    private Optional<AgentProcess> released(Runner runner) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            Optional<AgentProcess> process = runner.go(Map.of(), listener);
            if (process.isEmpty()) {
                return process;
            }
            ends.poll(10, TimeUnit.SECONDS);
        }
        return Optional.empty();
    }

    @Test
    void anInterpreterThatCannotRunIsNotFit() throws Exception {
        Runner runner = new Runner(new LaunchSpec("a", List.of("/bin/false", "agent.py"), folder, Map.of("PATH", "/usr/bin:/bin"),
                OwnProcesses.STOPPING), Pythons.LIBRARY, plain(), processes);
        assertFalse(runner.readiness().get(10, TimeUnit.SECONDS).isFit());
    }

    @Test
    void whatTheLastRunImportedIsImportedBeforehandAndSourcesAreNot() throws Exception {
        Files.writeString(folder.resolve("tax.py"), "import decimal\n");
        Successor successor = successor();
        LaunchSpec cold = spec("import json\nimport tax\nimport os\nprint(os.getpid())\n");
        learn(successor, cold);
        successor.warm(cold, REFRESH);
        successor.settle(Set.of(folder.resolve("agent.py"))).get();
        Runner runner = successor.take(cold, REFRESH).orElseThrow();
        assertTrue(runner.readiness().join().preloaded() >= 5, "json and decimal, with what they import");
        runner.go(Map.of(), listener);
        assertEquals(Long.toString(runner.pid()), line());
        ends.poll(10, TimeUnit.SECONDS);
        assertTrue(fallbacks.isEmpty(), fallbacks::toString);
    }

    @Test
    void aSourceThatImportsAnotherModuleMeansNothingBeforehand() throws Exception {
        Successor successor = successor();
        LaunchSpec cold = spec("import json\n");
        learn(successor, cold);
        successor.warm(cold, REFRESH);
        spec("import json, decimal\n");
        successor.settle(Set.of(folder.resolve("agent.py"))).get();
        assertEquals("what agent.py imports, or does to the process, has changed", fallbacks.poll());
        assertEquals(0, successor.take(cold, REFRESH).map(this::ended).orElseThrow().preloaded());
    }

    @Test
    void aLaterRunThatIsNotRecordedDoesNotMakeTheImportsOfAnEarlierOneSlow() throws Exception {
        Successor successor = successor();
        learn(successor, spec("import json\n"));
        List<SlowImport> imports = successor.slowest(5);
        assertEquals("json", imports.get(0).module());
        successor.learn(Instant.EPOCH.plusNanos(System.nanoTime()).plusSeconds(60));
        assertEquals(imports, successor.slowest(5));
    }

    @Test
    void whatHasNoRoomIsNotImportedBeforehand() throws Exception {
        Successor successor = successor();
        LaunchSpec cold = spec("import json\n");
        learn(successor, cold);
        room = -1;
        successor.warm(cold, REFRESH);
        successor.settle(Set.of(folder.resolve("agent.py"))).get();
        assertEquals("its modules exceed the memory for successors (standby_memory)", fallbacks.poll());
        assertEquals(0, successor.take(cold, REFRESH).map(this::ended).orElseThrow().preloaded());
    }

    @Test
    void anotherOneWaitsBehindTheFirstAndIsTheNext() throws Exception {
        LaunchSpec cold = spec("import json\n");
        Successor successor = settled(cold);
        successor.warmAnother();
        successor.warmAnother();
        List<Runner> both = successor.preloading();
        assertEquals(2, both.size());
        assertSame(both.get(0), successor.take(cold, REFRESH).orElseThrow());
        assertTrue(both.get(1).readiness().get().preloaded() > 0);
        successor.warm(cold, REFRESH);
        successor.settle(Set.of()).get();
        assertSame(both.get(1), successor.take(cold, REFRESH).orElseThrow());
        assertEquals(List.of(), successor.preloading());
        both.forEach(this::ended);
    }

    @Test
    void theOneBehindTheFirstIsNotHandedOutBeforeItWasLookedInto() throws Exception {
        LaunchSpec cold = spec("import json\n");
        Successor successor = settled(cold);
        successor.warmAnother();
        ended(successor.take(cold, REFRESH).orElseThrow());
        successor.preloading().get(0).readiness().get();
        assertTrue(successor.take(cold, REFRESH).isEmpty());
    }

    @Test
    void whereTwoHaveNoRoomThereIsOne() throws Exception {
        LaunchSpec cold = spec("import json\n");
        Successor successor = settled(cold);
        room = -1;
        successor.warmAnother();
        assertEquals(1, successor.preloading().size());
        assertTrue(fallbacks.isEmpty(), fallbacks::toString);
        successor.cool();
    }

    @Test
    void anotherEnvironmentNeedsAnotherInterpreter() throws Exception {
        Successor successor = successor();
        LaunchSpec cold = spec("");
        successor.warm(cold, REFRESH);
        long first = successor.since().orElseThrow().toEpochMilli();
        successor.settle(Set.of()).get();
        Map<String, String> environment = new HashMap<>(cold.environment());
        environment.put("RATE", "2");
        LaunchSpec other = new LaunchSpec("a", cold.command(), cold.workingDirectory(), environment, cold.stopRule());
        assertTrue(successor.take(other, REFRESH).isEmpty());
        assertTrue(successor.since().isEmpty(), "the first one of " + first + " is given up");
    }

    @Test
    void anInterpreterThatNobodyLookedIntoSinceTheLastChangeIsNotHandedOut() throws Exception {
        Successor successor = successor();
        LaunchSpec cold = spec("");
        successor.warm(cold, REFRESH);
        successor.settle(Set.of()).get();
        successor.warm(cold, REFRESH);
        assertTrue(successor.take(cold, REFRESH).isEmpty());
        assertTrue(successor.since().isEmpty());
    }

    @Test
    void anInterpreterThatIsNotReadyIsNotHandedOut() throws Exception {
        Successor successor = successor();
        LaunchSpec cold = spec("");
        successor.warm(cold, REFRESH);
        assertTrue(successor.take(cold, REFRESH).isEmpty());
        assertTrue(successor.since().isEmpty());
    }

    /** One that knows what the agent imports, and may hand out its interpreter. */
    private Successor settled(LaunchSpec cold) throws Exception {
        Successor successor = successor();
        learn(successor, cold);
        successor.warm(cold, REFRESH);
        successor.settle(Set.of()).get();
        return successor;
    }

    private Runner.Readiness ended(Runner runner) {
        runner.end();
        return runner.readiness().join();
    }

    private void learn(Successor successor, LaunchSpec cold) throws Exception {
        successor.launch(cold, REFRESH).go(Map.of(), listener);
        ends.poll(10, TimeUnit.SECONDS);
        lines.clear();
        successor.learn(Instant.EPOCH.plusNanos(System.nanoTime()));
    }

    private Successor successor() {
        return new Successor(folder.resolve("record"), new Successor.Surroundings(
                (cold, task) -> new Runner(cold, Pythons.LIBRARY, task, processes), this::surfaces, more -> more <= room,
                fallbacks::add, InstantSource.system()));
    }

    private Map<Path, String> surfaces(List<Path> files) {
        try (Inspector inspector = new Inspector(Pythons.usual(), Pythons.LIBRARY, Pythons.environment(), folder)) {
            return inspector.surfaces(files);
        }
    }

    private static Runner.Task plain() {
        return new Runner.Task(Optional.empty(), Optional.empty(), false);
    }

    private Runner runner(String agent, Runner.Task task, String... environment) throws IOException, LaunchException {
        return new Runner(spec(agent, environment), Pythons.LIBRARY, task, processes);
    }

    private LaunchSpec spec(String agent, String... environment) throws IOException {
        Path file = Files.writeString(folder.resolve("agent.py"), agent);
        Map<String, String> variables = new HashMap<>(Pythons.environment());
        variables.put("PYTHONUTF8", "1");
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        Path work = folder.resolve("work");
        return new LaunchSpec("a", List.of(Pythons.usual().toString(), file.toString()), Files.isDirectory(work) ? work : folder,
                variables, OwnProcesses.STOPPING);
    }

    private String line() throws InterruptedException {
        return String.valueOf(lines.poll(10, TimeUnit.SECONDS));
    }
}
