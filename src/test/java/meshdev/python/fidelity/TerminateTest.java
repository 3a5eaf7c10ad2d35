package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM to an agent that is to save its state, and the ends of one that waits. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class TerminateTest {
    private static final int TERMINATED = 143;
    private static final String BEGIN = "import atexit, os, signal, sys, threading, time, json\n"
            + "atexit.register(lambda: print('saved', flush=True))\n";
    private static final String UP = "os.write(1, b'up\\n')\n";
    /**
     * Python notices no signal that arrives right before its main thread begins to wait for the last threads. So that wait
     * has to have begun: nothing woke the thread while it was free to run.
     */
    private static final String AWAIT_MAIN_WAITS = "    status = '/proc/self/task/%d/status' % os.getpid()\n"
            + "    def resting():\n        with open(status) as file:\n            text = file.read()\n"
            + "        return text.split('State:\\t')[1][0] == 'S' and text.split('voluntary_ctxt_switches:\\t')[1].split()[0]\n"
            + "    before = resting()\n    time.sleep(0.02)\n"
            + "    while not before or resting() != before:\n        before = resting()\n        time.sleep(0.02)\n";

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsToRunAtExitRuns(Interpreter interpreter) throws Exception {
        String source = BEGIN + "try:\n    " + UP + "    time.sleep(60)\nfinally:\n    print('finally')\n";
        Call call = agent(interpreter, source).terminable();
        Outcome saved = new Outcome(TERMINATED, "up\nfinally\nsaved\n", "");
        for (Mode mode : List.of(Mode.WAITED, Mode.RECORDED, Mode.PRELOADED)) {
            assertEquals(saved, call.start(mode).until("up").signal("TERM").end(), mode.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsToRunAtExitRunsAlsoWhenOnlyThreadsAreLeft(Interpreter interpreter) throws Exception {
        Call call = agent(interpreter, BEGIN + "def serve():\n    threading.main_thread().join()\n"
                + AWAIT_MAIN_WAITS + "    " + UP + "    time.sleep(60)\n"
                + "threading.Thread(target=serve).start()\n").terminable();
        assertEquals(new Outcome(TERMINATED, "up\nsaved\n", ""), call.start(Mode.WAITED).until("up").signal("TERM").end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void theAgentsOwnWayWins(Interpreter interpreter) throws Exception {
        String own = BEGIN + "signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(5))\n" + UP + "time.sleep(60)\n";
        assertEquals(new Outcome(5, "up\nsaved\n", ""),
                agent(interpreter, own).terminable().start(Mode.WAITED).until("up").signal("TERM").end());
        String ignored = BEGIN + "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + UP
                + "os.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(0.01)\n";
        assertEquals(new Outcome(0, "up\nsaved\n", ""), agent(interpreter, ignored).terminable().run(Mode.WAITED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void aForkedChildSavesNothing(Interpreter interpreter) throws Exception {
        String source = BEGIN + "begun, begin = os.pipe()\npid = os.fork()\nif not pid:\n    os.write(begin, b'.')\n"
                + "    time.sleep(60)\n    os._exit(9)\nos.read(begun, 1)\nos.kill(pid, signal.SIGTERM)\n"
                + "print(os.waitpid(pid, 0)[1], flush=True)\nimport multiprocessing\n"
                + "def work():\n    os.write(begin, b'.')\n    time.sleep(60)\n"
                + "p = multiprocessing.get_context('fork').Process(target=work)\n"
                + "p.start()\nos.read(begun, 1)\np.terminate()\np.join()\n"
                + "print(p.exitcode, flush=True)\n";
        Call call = agent(interpreter, source);
        assertEquals(new Outcome(0, "15\n-15\nsaved\n", ""), call.run(Mode.COLD));
        assertEquals(new Outcome(0, "15\n-15\nsaved\n", ""), call.terminable().run(Mode.WAITED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void theOnlyOtherDifferenceIsTheHandler(Interpreter interpreter) throws Exception {
        String source = "import signal\nprint([(int(n), signal.getsignal(n) == signal.SIG_DFL) for n in range(1, 32)])\n";
        Outcome cold = agent(interpreter, source).run(Mode.COLD);
        assertEquals(cold.out().replace("(15, True)", "(15, False)"),
                agent(interpreter, source).terminable().run(Mode.WAITED).out());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void oneThatWaitsEndsAtOnceAndDoesNothing(Interpreter interpreter) throws Exception {
        Call call = agent(interpreter, "import early\nprint('ran')\n");
        call.run(Mode.RECORDED);
        for (Call one : List.of(call, call.terminable())) {
            Running asked = one.wait(Mode.WAITED).ready().process();
            assertEquals(new Outcome(TERMINATED, "", ""), asked.signal("TERM").end());
            Running left = one.wait(Mode.WAITED).ready().process();
            left.input().close();
            assertEquals(new Outcome(0, "", ""), left.end());
        }
        call.terminable().run(Mode.RECORDED);
        Running asked = call.terminable().wait(Mode.PRELOADED).ready().process();
        assertEquals(new Outcome(TERMINATED, "", ""), asked.signal("TERM").end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void aRecordWithoutTheHandlerIsUsedOnlyUntilItMatters(Interpreter interpreter) throws Exception {
        Call call = agent(interpreter, "import early\nimport decimal\n");
        call.run(Mode.RECORDED);
        assertEquals("not early and what follows: before it, the agent changes how signals are handled",
                call.terminable().wait(Mode.PRELOADED).note());
        call.terminable().run(Mode.RECORDED);
        assertEquals("", call.terminable().wait(Mode.PRELOADED).note());
    }

    private Call agent(Interpreter interpreter, String source) throws Exception {
        Path root = folder.resolve(interpreter + "-" + System.nanoTime());
        Project project = new Project(root, interpreter);
        project.install("early.py", "import atexit, threading, time\natexit.register(print, 'never')\n"
                + "threading.Thread(target=time.sleep, args=(0.2,)).start()\n");
        return project.call(project.write("agent.py", source));
    }
}
