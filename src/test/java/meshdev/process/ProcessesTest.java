package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With real processes: what is promised of groups, output, ends and readiness. */
@Timeout(30)
class ProcessesTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final long LIMIT_SECONDS = 10;
    private static final StopRule ENDING = new StopRule("TERM", StopRule.USUAL_GRACE);
    private static final String LISTEN = "import socket,time\ns=socket.socket()\ns.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1)\n"
            + "s.bind(('127.0.0.1',%s)); s.listen()\nprint('port', s.getsockname()[1], flush=True)\n";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Mark mark = Mark.ofThisRun(Instant.now());
    private final Guardian guardian = new Guardian(Path.of("src/main/dist/lib/guardian.sh"), mark, Path.of("/no/log"), "test",
            lines::add);
    private final Processes processes = new Processes(Instant::now, mark, guardian, (agent, line) -> lines.add(line));
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private AgentProcess agent;

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        if (agent != null) {
            agent.kill();
            for (int i = 0; i < 500 && !agent.group().isGone(); i++) {
                ends.poll(10, TimeUnit.MILLISECONDS);
            }
            assertTrue(agent.group().isGone(), "the group is left behind");
        }
    }

    @Test
    void anAgentLeadsAGroupAndSessionOfItsOwn() throws Exception {
        python("import os; print(os.getpid()==os.getpgid(0)==os.getsid(0), os.read(0, 1))");
        assertEquals("True b''", line());
    }

    @Test
    void everyLineComesBeforeTheEndAndTheLastNeedsNoNewline() throws Exception {
        python("import os,sys\nprint('one')\nsys.stderr.write('two\\n')\nsys.stdout.flush()\n"
                + "os.write(1, b'last words'); os.kill(os.getpid(), 9)");
        assertEquals("gone killed by SIGKILL", end());
        assertTrue(lines.contains("one") && lines.contains("two"));
        assertTrue(lines.contains("last words"));
    }

    @ParameterizedTest
    @CsvSource({"0, gone exit code 0", "3, gone exit code 3", "127, gone exit code 127"})
    void exitCodesArePassedOn(int code, String expected) throws Exception {
        python("import sys; sys.exit(" + code + ")");
        assertEquals(expected, end());
    }

    @Test
    void terminateReachesTheWholeGroupOnce() throws Exception {
        python("import os,signal,time\n"
                + "def term(*a):\n os.write(1, b'term child\\n' if os.getpid()!=os.getpgid(0) else b'term leader\\n'); os._exit(0)\n"
                + "signal.signal(signal.SIGTERM, term)\nos.fork()\nprint('up', flush=True)\n"
                + "while True: time.sleep(0.05)"); // one long sleep can miss a signal that comes just before it
        assertEquals("up", line());
        assertEquals("up", line());
        agent.terminate();
        assertEquals("gone exit code 0", lastEnd());
        assertEquals(Set.of("term child", "term leader"), Set.copyOf(lines), lines.toString());
        assertEquals(2, lines.size(), lines.toString());
    }

    @Test
    void goneIsToldOnlyWhenTheChildThatHoldsThePortIsGoneToo() throws Exception {
        python("import os,signal,time\npid=os.fork()\n"
                + "if pid==0:\n signal.signal(signal.SIGTERM, signal.SIG_IGN); print('child', flush=True); time.sleep(60)\n"
                + "time.sleep(60)");
        assertEquals("child", line());
        agent.terminate();
        assertEquals("leader killed by SIGTERM", end());
        assertTrue(ends.isEmpty());
        agent.kill();
        assertEquals("gone killed by SIGTERM", end());
    }

    @Test
    void aGrandchildThatKeepsStdoutOpenDelaysNothing() throws Exception {
        python("import subprocess\np=subprocess.Popen(['sleep','3'], start_new_session=True)\nprint('up', flush=True)");
        long begin = System.nanoTime();
        assertEquals("gone exit code 0", lastEnd());
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(2).toNanos());
    }

    /** Noted in a file: the JDK closes the pipe of a process that has ended, whoever else still has it. */
    @Test
    void whatLeftTheGroupIsAskedOnceAfterTheGroupIsGone() throws Exception {
        Path notes = folder.resolve("notes");
        python("import os,signal,time\ndef note(text):\n open('" + notes + "', 'a').write(text + '\\n')\n"
                + "def last(*a):\n time.sleep(0.3); note('leader ends'); os._exit(0)\n"
                + "signal.signal(signal.SIGTERM, last)\nif os.fork()==0:\n os.setsid()\n if os.fork(): os._exit(0)\n"
                + " def term(*a):\n  note('escaped term'); time.sleep(0.2); os._exit(0)\n"
                + " signal.signal(signal.SIGTERM, term); os.write(1, b'up\\n')\n while True: time.sleep(0.05)\n"
                + "while True: time.sleep(0.05)");
        assertEquals("up", line());
        agent.terminate();
        assertEquals("gone exit code 0", lastEnd());
        assertEquals(List.of("leader ends", "escaped term"), Files.readAllLines(notes));
    }

    @Test
    void whatLeftTheGroupAndIgnoresTermIsKilledWithIt() throws Exception {
        python("import os,signal,time\nif os.fork()==0:\n os.setsid(); signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                + " print('up', flush=True); time.sleep(60)\ntime.sleep(60)");
        assertEquals("up", line());
        agent.terminate();
        assertEquals("leader killed by SIGTERM", end());
        assertTrue(ends.isEmpty());
        agent.kill();
        assertEquals("gone killed by SIGTERM", end());
    }

    @Test
    void aStoppedProcessEndsToo() throws Exception {
        python("import os,signal,time\nprint('up', flush=True)\nos.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(60)");
        assertEquals("up", line());
        agent.terminate();
        assertEquals("gone killed by SIGTERM", end());
    }

    @Test
    void readyMeansListeningOnTheKnownPort() throws Exception {
        int port = freePort();
        python(LISTEN.formatted("0") + "time.sleep(0.3)\n" + LISTEN.formatted(port) + "time.sleep(60)");
        ReadySign sign = ready(new ReadyCondition(Optional.empty(), OptionalInt.of(port)));
        assertEquals(new ReadySign(OptionalInt.of(port), Optional.empty()), sign);
    }

    @Test
    void withoutAKnownPortAnyDoesEvenAChilds() throws Exception {
        python("import os,time\nif os.fork():\n time.sleep(60)\n" + LISTEN.formatted("0") + "time.sleep(60)");
        ReadySign sign = ready(ReadyCondition.ANY_PORT);
        assertEquals("port " + sign.port().getAsInt(), line());
    }

    @Test
    void listeningElsewhereNamesWhoHoldsThePort() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0)) {
            python(LISTEN.formatted("0") + "time.sleep(60)");
            ReadySign sign = ready(new ReadyCondition(Optional.empty(), OptionalInt.of(taken.getLocalPort())));
            assertEquals(ProcessHandle.current().pid(), sign.elsewhere().orElseThrow().holder().orElseThrow().pid());
            assertEquals("port " + sign.port().getAsInt(), line());
        }
    }

    @Test
    void aHealthPathMustAnswerWell() throws Exception {
        python("import http.server\n"
                + "class H(http.server.BaseHTTPRequestHandler):\n"
                + " asked=0\n def do_GET(self):\n  H.asked+=1; ok=H.asked>2 and self.path=='/up'; print(ok, flush=True)\n"
                + "  self.send_response(204 if ok else 503); self.end_headers()\n"
                + " def log_message(self,*a): pass\n"
                + "http.server.HTTPServer(('127.0.0.1',0),H).serve_forever()");
        ready(new ReadyCondition(Optional.of("/up"), OptionalInt.empty()));
        assertEquals(List.of("False", "False", "True"), List.of(line(), line(), line()));
    }

    @Test
    void whatCannotBeLaunchedIsExplained() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "x");
        Path script = Files.writeString(folder.resolve("script"), "#!/no/such/interpreter -x\n");
        assertTrue(script.toFile().setExecutable(true));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
        assertEquals(plain + " is not executable; try: chmod +x " + plain, refusal(folder, plain.toString()));
        assertEquals("the first line of " + script + " names /no/such/interpreter, which does not exist",
                refusal(folder, script.toString()));
        assertEquals(link + " is a link to something that does not exist any more", refusal(folder, link.toString()));
        assertEquals(folder + " is a folder, not a program", refusal(folder, folder.toString()));
        assertEquals("/no/such does not exist", refusal(folder, "/no/such"));
        assertEquals("no-such-program was not found on the PATH; install it or name it with its path",
                refusal(folder, "no-such-program"));
        assertEquals("its working directory /no/such does not exist", refusal(Path.of("/no/such"), PYTHON));
    }

    @Test
    void anEnvironmentThatIsTooLongIsExplained() {
        Map<String, String> huge = Map.of("X", "x".repeat(200_000));
        LaunchException e = assertThrows(LaunchException.class,
                () -> processes.start(new LaunchSpec("a", List.of(PYTHON), folder, huge, ENDING), listener()));
        assertTrue(e.getMessage().contains("too long"), e.getMessage());
    }

    @Test
    void aSpecificationNeverShowsItsEnvironment() {
        LaunchSpec spec = new LaunchSpec("a", List.of(PYTHON), folder, Map.of("API_KEY", "s3cr3t"), ENDING);
        assertFalse(spec.toString().contains("s3cr3t"));
    }

    @Test
    void signallingEverybodyIsRefused() {
        for (int target : new int[] {-1, 0, 1}) {
            assertThrows(IllegalArgumentException.class, () -> Posix.send(target, 0));
        }
    }

    private void python(String code) throws LaunchException {
        List<String> command = List.of(PYTHON, "-c", code);
        agent = processes.start(new LaunchSpec("a", command, folder, Map.of("PATH", "/usr/bin:/bin"), ENDING), listener());
    }

    private ProcessListener listener() {
        return new ProcessListener() {
            @Override
            public void leaderExited(ExitStatus exit, List<ProcessName> left) {
                ends.add("leader " + exit);
            }

            @Override
            public void gone(ExitStatus exit) {
                ends.add("gone " + exit);
            }
        };
    }

    private ReadySign ready(ReadyCondition condition) throws InterruptedException {
        BlockingQueue<ReadySign> signs = new LinkedBlockingQueue<>();
        processes.whenReady("a", agent, condition, signs::add);
        return signs.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String refusal(Path workingDirectory, String program) {
        LaunchSpec spec = new LaunchSpec("a", List.of(program), workingDirectory, Map.of("PATH", "/usr/bin:/bin"), ENDING);
        return assertThrows(LaunchException.class, () -> processes.start(spec, listener())).getMessage();
    }

    private String line() throws InterruptedException {
        return lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String end() throws InterruptedException {
        return ends.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The end of the whole group, whether or not the leader went first. */
    private String lastEnd() throws InterruptedException {
        String end = end();
        return end.startsWith("gone") ? end : end();
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
