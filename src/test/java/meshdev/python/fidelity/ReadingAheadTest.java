package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that is read while the interpreter waits: which, and that nobody can tell. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ReadingAheadTest {
    /** Whether code waits to be taken. */
    private static final String PRINT_SHELF = "print('get_code' in vars(sys.modules['_frozen_importlib_external'].SourceFileLoader))\n";

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void codeOfInstalledModulesIsTakenFromMemoryOnceAndNothingStays(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        installed(project, "first.py", "from package import part\nprint('first')\n");
        installed(project, "package/__init__.py", "from . import inner\nprint('package')\n");
        installed(project, "package/inner.py", "print('inner')\n");
        installed(project, "package/part.py", "if False:\n    import passed_over\nprint('part')\n");
        installed(project, "passed_over.py", "print('never')\n");
        installed(project, "last.py", "print('last')\n");
        Call call = project.call(project.write("agent.py", "import sys\n" + PRINT_SHELF + "import first\n" + PRINT_SHELF
                + "import last\n" + PRINT_SHELF));
        assertEquals(new Outcome(0, "False\ninner\npackage\npart\nfirst\nFalse\nlast\nFalse\n", ""), call.run(Mode.COLD));
        assertEquals(new Outcome(0, "True\ninner\npackage\npart\nfirst\nTrue\nlast\nFalse\n", ""), whenAllIsRead(call).go().end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsInstalledMeanwhileRuns(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        installed(project, "early.py", "print('old')\n");
        Waiting waiting = whenAllIsRead(project.call(project.write("agent.py", "import early\n")));
        project.install("early.py", "print('new and longer')\n");
        assertEquals(new Outcome(0, "new and longer\n", ""), waiting.go().end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void filesOfTheProjectAreLookedThroughButNeverKept(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        installed(project, "early.py", "print('early')\n");
        project.write("direct.py", "import pack.inner\n");
        project.write("pack/__init__.py", "");
        project.write("pack/inner.py", "import early\n");
        Call call = project.call(project.write("agent.py", "import sys\n" + PRINT_SHELF + "import direct\n" + PRINT_SHELF));
        assertEquals(new Outcome(0, "True\nearly\nFalse\n", ""), whenAllIsRead(call).go().end());
        project.write("pack/inner.py", "print('nothing installed')\n");
        assertEquals(new Outcome(0, "False\nnothing installed\nFalse\n", ""), whenAllIsRead(call).go().end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void errorsWhileImportingLookTheSame(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        project.install("broken.py", "def f(:\n");
        project.install("failing.py", "def fail():\n    raise LookupError('on purpose')\nfail()\n");
        installed(project, "early.py", "import failing\n");
        for (String agent : List.of("import broken, early\n", "import early\n", "import missing, early\n")) {
            Call call = project.call(project.write("agent.py", agent));
            Outcome cold = call.run(Mode.COLD);
            assertEquals(1, cold.code());
            assertEquals(cold, whenAllIsRead(call).go().end(), agent);
        }
    }

    /** Where it is a library of its own: some interpreters have it built in. */
    @ParameterizedTest
    @MethodSource("interpreters")
    void nativeModulesOfTheStandardLibraryAreLoadedButNotInitialized(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        installed(project, "early.py", "import _ssl\n");
        Call call = project.call(project.write("agent.py", """
                import sys
                def show():
                    with open('/proc/self/maps') as maps:
                        print('/_ssl.' in maps.read(), '_ssl' in sys.modules)
                show()
                import early
                show()
                """));
        Outcome cold = call.run(Mode.COLD);
        String withLibrary = cold.out().endsWith("True True\n") ? "True" : "False";
        assertEquals(new Outcome(0, "False False\n" + withLibrary + " True\n", ""), cold);
        assertEquals(new Outcome(0, withLibrary + " False\n" + withLibrary + " True\n", ""), whenAllIsRead(call).go().end());
    }

    private Project project(Interpreter interpreter) {
        return new Project(folder.resolve(interpreter + "-" + System.nanoTime()), interpreter);
    }

    /** With byte code, as an installed package has it. */
    private static void installed(Project project, String name, String source) throws Exception {
        Path file = project.install(name, source);
        assertEquals(0, new ProcessBuilder(project.python().toString(), "-m", "py_compile", file.toString()).start().waitFor());
    }

    /** It waits for its next request only when there is nothing left to read: before that it never sleeps. */
    private static Waiting whenAllIsRead(Call call) throws IOException, InterruptedException {
        Waiting waiting = call.wait(Mode.WAITED).ready();
        Path stat = Path.of("/proc/" + waiting.process().pid() + "/stat");
        while (!Files.readString(stat).contains(") S ")) {
            Thread.onSpinWait();
        }
        return waiting;
    }
}
