package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guardian's program itself, told what mesh-dev would tell it. */
@Timeout(30)
class GuardianTest {
    private static final String SCRIPT = Path.of("src/main/dist/lib/guardian.sh").toAbsolutePath().toString();
    private static final long OTHER = 42;
    private static final String RUN = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void theEndOfThePipeEndsTheGroupsOfAllShells(String shell) throws Exception {
        Process agent = agent("while :; do sleep 0.05; done");
        guardian(shell, "+ " + agent.pid() + " TERM 30\n");
        assertEquals(128 + 15, exitCode(agent));
    }

    @Test
    void aGroupThatWasTakenBackIsNotTouched() throws Exception {
        Process gone = agent("while :; do sleep 0.05; done");
        Process other = agent("while :; do sleep 0.05; done");
        Process guardian = guardian("dash", "+ " + gone.pid() + " TERM 30\n+ " + other.pid() + " TERM 30\n- " + gone.pid() + "\n");
        assertEquals(0, exitCode(guardian));
        assertTrue(gone.isAlive());
        assertFalse(other.isAlive());
    }

    @Test
    void whoIgnoresTheSignalIsKilledAfterTheGraceAndNotBefore() throws Exception {
        Process agent = agent("trap '' TERM; while :; do sleep 0.05; done");
        long begin = System.nanoTime();
        guardian("dash", "+ " + agent.pid() + " TERM 5\n");
        assertEquals(128 + 9, exitCode(agent));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        assertTrue(millis >= 500 && millis < 3000, millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void whoIsToEndLastIsAskedWhenAllOthersAreGone(String shell) throws Exception {
        Process gone = agent("while :; do sleep 0.05; done");
        Process agent = agent("trap 'sleep 0.5; exit 7' TERM; while :; do sleep 0.05; done");
        Process registry = agent("trap 'kill -s 0 " + agent.pid() + " && exit 8; exit 9' TERM; while :; do sleep 0.05; done");
        guardian(shell, "+ " + gone.pid() + " TERM 30 last\n+ " + registry.pid() + " TERM 30 last\n+ " + agent.pid() + " TERM 30\n- "
                + gone.pid() + "\n");
        assertEquals(7, exitCode(agent));
        assertEquals(9, exitCode(registry));
        assertTrue(gone.isAlive());
    }

    @Test
    void whoIsToEndLastDoesNotDieOfWordsThatMeshDevDoesNotReadAnyMore() throws Exception {
        Process registry = agent("trap 'exit 9' TERM; while :; do echo word; sleep 0.01; done");
        Process guardian = command("dash", OTHER);
        try (Writer pipe = guardian.outputWriter()) {
            pipe.write("+ " + registry.pid() + " TERM 30 last\n");
            pipe.flush();
            awaitFile(Path.of("/proc/" + guardian.pid() + "/fd/7"), guardian);
            registry.getInputStream().close();
        }
        assertEquals(9, exitCode(registry));
        assertEquals(0, exitCode(guardian));
    }

    @Test
    void nobodyReadsOnForWhoLivesOnInAnotherSession() throws Exception {
        Process agent = agent("setsid sleep 60 & while :; do sleep 0.05; done");
        long other = agent.descendants().filter(one -> one.info().commandLine().orElse("").contains("sleep 60")).findFirst()
                .orElseThrow().pid();
        try {
            assertEquals(0, exitCode(guardian("dash", "+ " + agent.pid() + " TERM 30\n")));
            assertTrue(ProcessHandle.allProcesses().noneMatch(
                    one -> one.info().commandLine().orElse("").contains("/proc/" + agent.pid() + "/fd/")));
            assertTrue(ProcessHandle.of(other).isPresent(), "it is not of the group, and has no mark");
        } finally {
            Posix.send(Math.toIntExact(other), 9);
        }
    }

    @Test
    void aStoppedProcessIsContinuedToEnd() throws Exception {
        Process agent = agent("trap 'exit 7' TERM; while :; do sleep 0.05; done");
        Posix.send(Math.toIntExact(agent.pid()), 19); // SIGSTOP of Linux
        guardian("dash", "+ " + agent.pid() + " TERM 50\n");
        assertEquals(7, exitCode(agent));
    }

    @Test
    void aPipeThatEndsWhileMeshDevLivesIsAMistakeAndTouchesNothing() throws Exception {
        Process agent = agent("while :; do sleep 0.05; done");
        Process guardian = command("dash", ProcessHandle.current().pid());
        try (Writer pipe = guardian.outputWriter()) {
            pipe.write("+ " + agent.pid() + " TERM 30\n");
        }
        assertFalse(guardian.waitFor(1500, TimeUnit.MILLISECONDS), "it waits for the end of mesh-dev");
        assertTrue(agent.isAlive());
    }

    @Test
    void whatIsStillKnownWhenMeshDevEndsInOrderIsEndedToo() throws Exception {
        Process agent = agent("while :; do sleep 0.05; done");
        assertEquals(0, exitCode(guardian("dash", "+ " + agent.pid() + " TERM 30\nend\n")));
        assertFalse(agent.isAlive());
    }

    @Test
    void nobodyWhoDoesNotReadItsWordsKeepsItFromActing() throws Exception {
        Process agent = agent("while :; do sleep 0.05; done");
        Process guardian = new ProcessBuilder("sh", "-c", "dd if=/dev/zero bs=4096 count=64 of=/dev/stderr oflag=nonblock 2>/dev/null;"
                + " exec dash \"$@\"", "sh", SCRIPT, RUN, "42", "/no/log", "shop").start(); // its standard error is never read
        started.add(guardian);
        try (Writer pipe = guardian.outputWriter()) {
            pipe.write("+ " + agent.pid() + " TERM 30\n");
        }
        assertEquals(128 + 15, exitCode(agent));
        assertEquals(0, exitCode(guardian));
    }

    @Test
    void itsSignalsAreNotForIt() throws Exception {
        Process agent = agent("while :; do sleep 0.05; done");
        Process guardian = command("dash", OTHER);
        try (Writer pipe = guardian.outputWriter()) {
            pipe.write("+ " + agent.pid() + " TERM 30\n");
            pipe.flush();
            awaitItsTraps(guardian);
            for (int signal : new int[] {Posix.SIGHUP, Posix.SIGINT, Posix.SIGTERM}) {
                Posix.send(Math.toIntExact(guardian.pid()), signal);
            }
        }
        assertEquals(0, exitCode(guardian));
        assertFalse(agent.isAlive());
    }

    @Test
    void itSaysInTheLogThatItHadToAct() throws Exception {
        Path log = Files.createFile(folder.resolve("mcp-mesh.log"));
        Process agent = agent("while :; do sleep 0.05; done");
        exitCode(guardian("dash", "+ " + agent.pid() + " TERM 30\n"));
        String line = Files.readString(log);
        assertTrue(line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000\\+00:00 WARN  \\[shop] mesh-dev \\(pid 42\\) is gone .*\n"), line);
    }

    /** In a group of its own; its environment does not carry the mark. */
    private Process agent(String script) throws IOException {
        Path up = folder.resolve("up-" + started.size());
        List<String> command = SessionCommand.wrap(List.of("dash", "-c", script.replace("while", ": >" + up + "; while")));
        Process agent = new ProcessBuilder(command).start();
        started.add(agent);
        awaitFile(up, agent);
        return agent;
    }

    private static void awaitFile(Path file, Process maker) {
        for (int i = 0; i < 500 && !Files.exists(file); i++) {
            waitBriefly(maker);
        }
    }

    private static void awaitItsTraps(Process guardian) throws IOException {
        Path status = Path.of("/proc/" + guardian.pid() + "/status");
        long term = 1L << Posix.SIGTERM - 1;
        while ((ignored(status) & term) == 0) {
            waitBriefly(guardian);
        }
    }

    private static long ignored(Path status) throws IOException {
        String mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
        return Long.parseUnsignedLong(mask.substring(mask.indexOf('\t') + 1), 16);
    }

    private static void waitBriefly(Process process) {
        try {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param meshDev whom it guards for; another than its parent is one that is gone */
    private Process command(String shell, long meshDev) throws IOException {
        Process guardian = new ProcessBuilder(shell, SCRIPT, RUN, Long.toString(meshDev), folder.resolve("mcp-mesh.log").toString(), "shop")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        started.add(guardian);
        return guardian;
    }

    /** Told this, and then left alone. */
    private Process guardian(String shell, String told) throws IOException {
        Process guardian = command(shell, OTHER);
        try (Writer pipe = guardian.outputWriter()) {
            pipe.write(told);
        }
        return guardian;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "still runs");
        return process.exitValue();
    }
}
