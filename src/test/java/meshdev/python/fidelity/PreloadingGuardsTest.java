package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be imported before the agent runs, and what keeps the rest out. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class PreloadingGuardsTest {
    private static final String TELL = "import sys as _s\n"
            + "_loaded = [n for n in ('early', 'late', 'helper', 'elsewhere', 'found') "
            + "if n in _s.modules]\n";
    private static final String SAY = "print(_loaded)\n";

    /** What an agent does between two imports, and how that is named to users. */
    private static final String[][] BARRIERS = {
        {"import os; os.environ['LATE_MODE'] = 'x'", "os.environ (LATE_MODE)"},
        {"import os\nfor line in open('.env'):\n    os.environ.setdefault(*line.strip().split('='))", "os.environ (FROM_FILE)"},
        {"import os; os.environ.pop('LANG')", "os.environ (LANG)"},
        {"import sys; sys.path.insert(0, '/nowhere')", "sys.path"},
        {"import logging; logging.basicConfig(level=10)", "the root logger"},
        {"import warnings; warnings.simplefilter('ignore')", "the warnings filters"},
        {"import signal; signal.signal(signal.SIGTERM, print)", "how signals are handled"},
        {"import os; os.chdir('/')", "the working folder"},
        {"import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()", "which threads run"},
        {"import socket; socket.socket = type('Patched', (socket.socket,), {})", "socket.socket"},
        {"import sys; sys.stdout = type('Wrapped', (), {'write': sys.stdout.write, 'flush': sys.stdout.flush})()",
            "sys.stdout or sys.stderr"},
        {"import sys; sys.setrecursionlimit(1234)", "the recursion limit"},
        {"import locale; locale.setlocale(locale.LC_ALL, 'C')", "the locale"},
    };

    /** What an installed package does when it is imported, and why nothing is preloaded then. */
    private static final String[][] UNFIT = {
        {"import socket\nKEPT = socket.socket()", "what is imported holds a socket"},
        {"import subprocess, sys\n"
            + "KEPT = subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'], stdin=subprocess.PIPE)",
            "what is imported holds a child process"},
        {"import fcntl, os\nKEPT = open(os.path.dirname(__file__) + '/lock', 'w')\nfcntl.lockf(KEPT, fcntl.LOCK_EX)",
            "what is imported holds a file lock"},
        {"import fcntl, os\nKEPT = open(os.path.dirname(__file__) + '/lock', 'w')\nfcntl.flock(KEPT, fcntl.LOCK_EX)",
            "what is imported holds a file lock"},
        {"import helper", "an installed package imports helper of the project"},
        {"try:\n    import helper\nexcept ImportError:\n    pass", "an installed package imports helper of the project"},
        {"import warnings\nwarnings.warn('old', DeprecationWarning, stacklevel=2)", "early warns whoever imports it"},
        {"import os\nif os.environ.get('FAIL'):\n    raise OSError('not today')", "importing early failed: OSError: not today"},
        {"import os\nif os.environ.get('FAIL'):\n    raise SystemExit('not today')",
            "importing early failed: SystemExit: not today"},
    };

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void onlyWhatWasImportedBeforeTheProcessChangedIsPreloaded(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.write(".env", "FROM_FILE=1\n");
        for (String[] barrier : BARRIERS) {
            Path agent = project.write("agent.py", TELL + "import early\n" + barrier[0] + "\nimport late\n" + SAY);
            Outcome cold = project.call(agent).run(Mode.RECORDED);
            assertEquals(new Outcome(0, "[]\n", ""), cold, barrier[0]);
            Waiting waiting = project.call(agent).wait(Mode.PRELOADED);
            assertEquals("not late and what follows: before it, the agent changes " + barrier[1], waiting.note(), barrier[0]);
            assertEquals(new Outcome(0, "['early']\n", ""), waiting.go().end(), barrier[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatAPackageItselfChangesIsNoBarrier(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", "import os, warnings, sys\nimport ntpath\nos.environ['EARLY'] = '1'\n"
                + "warnings.simplefilter('ignore')\nsys.setrecursionlimit(2222)\n"); // ntpath imports, and is frozen since 3.11
        Call call = project.call(project.write("agent.py", TELL + "import early, late\n" + SAY));
        call.run(Mode.RECORDED);
        Waiting waiting = call.wait(Mode.PRELOADED);
        assertEquals("", waiting.note());
        assertEquals("['early', 'late']\n", waiting.go().end().out());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatCannotWaitIsNotPreloaded(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Call call = project.call(project.write("agent.py", "import early\n"));
        for (String[] one : UNFIT) {
            project.install("early.py", one[0] + "\n");
            assertEquals(0, call.run(Mode.RECORDED).code(), one[0]);
            assertEquals(one[1], call.with("FAIL", "1").wait(Mode.PRELOADED).unfit(), one[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void deniedPackagesAndOtherPythonsRecordsAreNamed(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("gevent/__init__.py", "");
        Call call = project.call(project.write("agent.py", "import gevent\n"));
        assertEquals("nothing is known of its imports", call.wait(Mode.PRELOADED).unfit());
        call.run(Mode.RECORDED);
        assertEquals("gevent must be imported in the process that uses it", call.wait(Mode.PRELOADED).unfit());
        Files.writeString(call.record(), Files.readString(call.record()).replaceFirst("mesh-dev 1 3\\.", "mesh-dev 1 4."));
        assertEquals("what is known of its imports is of another Python", call.wait(Mode.PRELOADED).unfit());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void modulesOfTheProjectAreNeverPreloaded(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path elsewhere = project.root().resolve("site-packages");
        Project.write(elsewhere, "elsewhere.py", "import late\n".getBytes());
        project.install("link.pth", project.root().resolve("linked") + "\n");
        Project.write(project.root().resolve("linked"), "found.py", new byte[0]);
        Path agent = project.write("agent.py", TELL + "import early, helper, elsewhere, found\nimport late as json\n" + SAY);
        Call call = project.call(agent).with("PYTHONPATH", elsewhere.toString());
        assertEquals(new Outcome(0, "[]\n", ""), call.run(Mode.RECORDED));
        assertEquals(new Outcome(0, "['early', 'late']\n", ""), call.run(Mode.PRELOADED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsOnlyLookedForIsNotImported(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Call call = project.call(project.write("agent.py", TELL + "import importlib.util\nimportlib.util.find_spec('late')\n"
                + "import early\ntry:\n    import not_there\nexcept ImportError:\n    pass\n" + SAY));
        call.run(Mode.RECORDED);
        assertEquals(new Outcome(0, "['early']\n", ""), call.run(Mode.PRELOADED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void modulesThatAPackageMakesOutOfNothingAreOfThatPackage(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", """
                import sys, importlib.machinery
                class Maker:
                    def find_spec(self, name, path=None, target=None):
                        return importlib.machinery.ModuleSpec(name, self) if name == "made" else None
                    def create_module(self, spec):
                        return None
                    def exec_module(self, module):
                        module.x = 1
                sys.meta_path.append(Maker())
                import made
                """);
        Call call = project.call(project.write("agent.py", "import early\n"));
        call.run(Mode.RECORDED);
        assertEquals("", call.wait(Mode.PRELOADED).note());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void anImportThatFailsForAPackageWhichExpectsItIsNotTriedAgain(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", "try:\n    import part\nexcept ImportError:\n    pass\n");
        project.install("part.py", "print('tried')\nimport not_there\n");
        Call call = project.call(project.write("agent.py", "import early\n"));
        call.run(Mode.RECORDED);
        assertEquals(new Outcome(0, "tried\n", ""), call.run(Mode.PRELOADED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void aFileThatChangesWhileItIsImportedIsStaleFromTheBeginning(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", "import os\nif os.environ.get('CHANGE'):\n    open(__file__, 'a').write('# changed')\n");
        Call call = project.call(project.write("agent.py", "import early\n"));
        call.run(Mode.RECORDED);
        String stale = call.with("CHANGE", "1").wait(Mode.PRELOADED).stale();
        assertTrue(stale.endsWith("early.py has changed"), stale);
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatAPackagePrintsComesFirst(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", "import sys\nprint('welcome')\nsys.stderr.write('careful\\n')\n");
        Call call = project.call(project.write("agent.py", "print('begin')\nimport early\nprint('end')\n"));
        assertEquals(new Outcome(0, "begin\nwelcome\nend\n", "careful\n"), call.run(Mode.RECORDED));
        assertEquals(new Outcome(0, "welcome\nbegin\nend\n", "careful\n"), call.run(Mode.PRELOADED));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void aPackageSeesTheAgentAsTheMainProgram(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("early.py", "import __main__, sys\nSEEN = __main__.__file__, __main__.__name__, sys.argv, sys.path[0]\n");
        Call call = project.call(project.write("agent.py", "import early\nprint(early.SEEN)\n"), "argument");
        Outcome cold = call.run(Mode.COLD);
        assertTrue(cold.out().contains("agent.py"), cold.out());
        assertEquals(cold, call.run(Mode.RECORDED));
        assertEquals(cold, call.run(Mode.PRELOADED));
    }

    private Project project(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        project.write("helper.py", "");
        project.install("early.py", "");
        project.install("late.py", "import os\nMODE = os.environ.get('LATE_MODE')\n");
        return project;
    }
}
