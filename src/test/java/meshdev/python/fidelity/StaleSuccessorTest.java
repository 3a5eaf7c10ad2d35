package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether one that waits still is what a new one would be, and what it makes new at GO. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class StaleSuccessorTest {
    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    /** Something happens to a project. */
    private interface Happening {
        void to(Project project) throws IOException;
    }

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatChangedSinceIsNamed(Interpreter interpreter) throws Exception {
        assertEquals("SITE/early.py has changed", after(interpreter, project -> project.install("early.py", "x = 22\n")));
        assertEquals("SITE/early.py has changed",
                after(interpreter, project -> Files.delete(project.site().resolve("early.py"))));
        assertEquals("SITE/early.py has changed", after(interpreter, project -> Files.move(project.install("new", "x = 11\n"),
                project.site().resolve("early.py"), StandardCopyOption.REPLACE_EXISTING)));
        assertEquals("SITE/package/part.py has changed",
                after(interpreter, project -> project.install("package/part.py", "y = 2\n")));
        assertEquals("SITE/ has changed", after(interpreter, project -> project.install("another.py", "")));
        assertEquals("SITE/ has changed", after(interpreter, project -> Files.createDirectory(project.site().resolve("info"))));
        assertEquals("HERE/early.py of the project stands before what was loaded",
                after(interpreter, project -> project.write("early.py", "")));
        assertEquals("HERE/package of the project stands before what was loaded",
                after(interpreter, project -> project.write("package/__init__.py", "")));
        assertEquals("the working directory is another one", after(interpreter, project -> {
            Files.move(project.folder(), project.root().resolve("moved"));
            Files.createDirectory(project.folder());
        }));
        assertEquals("the working directory is another one",
                after(interpreter, project -> Files.move(project.folder(), project.root().resolve("moved"))));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsTheAgentsOwnMayChange(Interpreter interpreter) throws Exception {
        assertEquals("", after(interpreter, project -> { }));
        assertEquals("", after(interpreter, project -> project.write("agent.py", "import early\nprint('new')\n")));
        assertEquals("", after(interpreter, project -> project.write("helper.py", "x = 2\n")));
        assertEquals("", after(interpreter, project -> project.write("settings.json", "{}")));
        assertEquals("", after(interpreter, project -> project.install("package/unused.txt", "")));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void questionsLeaveNoTrace(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path agent = project.write("agent.py", "import sys\nm = sorted(sys.modules)\nx = '\\d'\nif x is 1:\n    pass\n"
                + "print(m, sys.path_importer_cache.keys())\n");
        Path broken = project.write("broken.py", "def f(:\n");
        Outcome cold = project.call(agent).run(Mode.COLD);
        Waiting waiting = project.call(agent).wait(Mode.WAITED);
        assertEquals(List.of("7", "0", "OK"), waiting.ask("CHECK", agent, broken, project.folder().resolve("gone.py")).get(0));
        assertEquals("SURFACE", waiting.ask("SURFACE", agent, broken).get(0).get(2));
        assertEquals("", waiting.stale());
        assertEquals(cold, waiting.go().end());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void theNewestSourceRunsWithTheVariablesOfGo(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path agent = project.write("agent.py", "raise SystemError('old')\n");
        Waiting waiting = project.call(agent).with("TAKEN", "1").wait(Mode.WAITED);
        project.write("agent.py", "import os\n"
                + "print(os.environ.get('A'), os.environb.get(b'B'), os.environ.get('TAKEN'), len(os.environ))\n"
                + "os.system('echo $A')\n");
        Outcome outcome = waiting.go("A", "a value = x", "B", "\u00e9").end();
        assertEquals("", outcome.err());
        assertTrue(outcome.out().contains("a value = x b'\\xc3\\xa9' 1 "), outcome.out());
        assertTrue(outcome.out().contains("a value = x\n"), outcome.out());
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatIsRememberedOfTheTimeBeforeIsRenewed(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Path plugins = project.root().resolve("plugins");
        project.install("early.py", "import sys, logging\n"
                + "logging._startTime -= 3600 * (10**9 if isinstance(logging._startTime, int) else 1)\n"
                + "sys.path.append('" + plugins + "')\ntry:\n    import plugin\n"
                + "except ImportError:\n    plugin = None\n");
        Path agent = project.write("agent.py", "import early, logging\n"
                + "print(logging.LogRecord('a', 1, 'f', 1, 'm', (), None).relativeCreated < 60_000)\n"
                + "try:\n    import plugin\n    print(plugin.X)\nexcept ImportError:\n    print('none')\n");
        Call call = project.call(agent);
        assertEquals(new Outcome(0, "False\nnone\n", ""), call.run(Mode.RECORDED));
        Waiting waiting = call.wait(Mode.PRELOADED).ready();
        Project.write(plugins, "plugin.py", "X = 3\n".getBytes());
        assertEquals(new Outcome(0, "True\n3\n", ""), waiting.go().end());
    }

    /** Why it is stale then, with short names of folders. Multiprocessing gives __main__ another name, and its file with it. */
    private String after(Interpreter interpreter, Happening happening) throws Exception {
        Project project = project(interpreter);
        Call call = project.call(project.write("agent.py", "import early, package.part, multiprocessing, helper\n"));
        call.run(Mode.RECORDED);
        Waiting waiting = call.wait(Mode.PRELOADED);
        assertTrue(waiting.preloaded() >= 3);
        happening.to(project);
        String why = waiting.stale().replace(project.site().toString(), "SITE").replace(project.folder().toString(), "HERE");
        waiting.process().input().close();
        assertEquals(0, waiting.process().end().code());
        return why;
    }

    private Project project(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter + "-" + System.nanoTime()), interpreter);
        project.write("helper.py", "x = 1\n");
        project.install("early.py", "x = 1\n");
        project.install("package/__init__.py", "");
        project.install("package/part.py", "y = 1\n#\n");
        return project;
    }
}
