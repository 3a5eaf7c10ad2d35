package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meshdev.python.Pythons;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However an agent is named, and whatever the variables of Python say, the runner makes no difference. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SamePathsTest {
    private static final String AGENT = """
            import sys, os, warnings, inspect
            def stream(one):
                return one.encoding, one.errors, one.line_buffering, one.write_through, one.newlines, type(one.buffer).__name__
            class A:
                'has a text'
            def show():
                print(__file__, __cached__, sys.argv, getattr(sys, 'orig_argv', 0), sys.path, sys.flags, sys.warnoptions)
                print(stream(sys.stdin), stream(sys.stdout), stream(sys.stderr), sys.getfilesystemencoding(), hash('a'))
                print(os.getcwd(), sys.dont_write_bytecode, A.__doc__, __debug__, inspect.getsourcefile(A), inspect.getsource(A))
                print(sorted(name for name, value in sys.path_importer_cache.items() if value is None and name.endswith('.py')))
            show()
            try:
                import neighbour
                print(neighbour.__file__, os.listdir(os.path.dirname(neighbour.__file__)))
            except ImportError as e:
                print(e)
            warnings.warn('shown or raised')
            """;

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void howItIsNamedMakesNoDifference(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path links = Files.createDirectory(project.root().resolve("links"));
        Path link = Files.createSymbolicLink(links.resolve("linked.py"), project.folder().resolve("agent.py"));
        Path folderLink = Files.createSymbolicLink(project.root().resolve("other"), project.folder());
        Call call = project.call("agent.py");
        same(call);
        same(call.of("./agent.py", "x"));
        same(call.of("../agents/agent.py", ""));
        same(call.of(".//agent.py", "./agent.py"));
        same(call.of(link, "--record", "--terminate"));
        same(call.of("linked.py").in(links));
        same(call.of(folderLink.resolve("agent.py")));
        same(call.of(project.folder().resolve("../agents/agent.py")));
        Project.write(project.folder(), "a folder/with space.py", AGENT.getBytes());
        same(call.of("a folder/with space.py", "an argument", "'quoted'", "*", "\n"));
        project.write("without_ending", AGENT);
        same(call.of("without_ending"));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void lettersOutsideAsciiMakeNoDifference(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path starter = project.write("starter.py", "import os, shutil, sys\n"
                + "folder = os.fsencode(os.getcwd()) + '/déjà ☃'.encode()\n"
                + "os.makedirs(folder, exist_ok=True)\nagent = folder + '/ägent.py'.encode()\nshutil.copy(b'agent.py', agent)\n"
                + "os.chdir(folder)\nos.execv(sys.executable, [sys.executable] + [agent if one == 'AGENT' else one\n"
                + "    for one in sys.argv[1:]])\n");
        Call cold = project.call(starter, "AGENT", "☃");
        for (String[] locale : new String[][] {{"C.UTF-8", "0"}, {"C", "1"}, {"C", "0"}}) {
            Call call = cold.with("PYTHONHASHSEED", "0", "LC_ALL", locale[0], "PYTHONUTF8", locale[1]);
            Outcome wanted = call.run(Mode.COLD);
            assertEquals(0, wanted.code(), wanted.err());
            List<Object> words = new ArrayList<>(List.of(starter, Pythons.LIBRARY.resolve("runner.py"), "nonce"));
            words.addAll(List.of("--record", call.record(), "AGENT", "☃"));
            assertEquals("", wanted.differenceFrom(new Waiting(call.of(words.toArray()).piped(), "nonce").go().end()), locale[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void variablesOfPythonMakeNoDifference(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Call call = project.call(project.folder().resolve("agent.py"));
        Map<String, Outcome> seen = new LinkedHashMap<>();
        for (String variable : List.of("PYTHONSAFEPATH=1", "PYTHONDONTWRITEBYTECODE=1", "PYTHONOPTIMIZE=1", "PYTHONOPTIMIZE=2",
                "PYTHONUNBUFFERED=1", "PYTHONWARNINGS=error", "PYTHONDEVMODE=1", "PYTHONIOENCODING=latin-1:replace",
                "PYTHONNOUSERSITE=1", "PYTHONPYCACHEPREFIX=" + folder.resolve("cache"), "PYTHONFAULTHANDLER=1")) {
            seen.put(variable, same(call.with("PYTHONHASHSEED", "0", variable.split("=")[0], variable.split("=")[1])));
        }
        for (String utf : List.of("0", "1")) {
            same(call.with("PYTHONHASHSEED", "0", "LC_ALL", "C", "PYTHONUTF8", utf, "PYTHONCOERCECLOCALE", "0"));
        }
        assertEquals(1, seen.get("PYTHONWARNINGS=error").code());
        assertNotEquals(seen.get("PYTHONOPTIMIZE=1").out(), seen.get("PYTHONUNBUFFERED=1").out());
    }

    /** Also that it is worth comparing. */
    private static Outcome same(Call call) throws Exception {
        Outcome cold = call.with("PYTHONHASHSEED", "0").run(Mode.COLD);
        assertNotEquals("", cold.out() + cold.err());
        for (Mode mode : List.of(Mode.RECORDED, Mode.PRELOADED)) {
            Outcome warm = call.with("PYTHONHASHSEED", "0").run(mode);
            assertEquals("", cold.differenceFrom(warm), call.words() + " " + mode);
        }
        return cold;
    }

    private Project project(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        project.write("agent.py", AGENT);
        project.write("neighbour.py", "import decimal\n");
        return project;
    }
}
