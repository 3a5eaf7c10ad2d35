package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notes of what an agent imports. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RecordFileTest {
    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void itIsForTheOwnerOnlyAndCompleteAfterAKill(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        project.write("helper.py", "import decimal\n");
        Call call = project.call(project.write("agent.py", "import os, time, helper\nos.environ['SECRET'] = 'hunter2'\n"
                + "import json\nos.write(1, b'up\\n')\ntime.sleep(60)\n"));
        call.start(Mode.RECORDED).until("up").signal("KILL").end();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(call.record())));
        String record = Files.readString(call.record());
        List<String> lines = record.lines().toList();
        assertTrue(lines.get(0).startsWith("mesh-dev 1 3." + interpreter.minor() + "."), lines.get(0));
        assertTrue(lines.get(1).matches("source \\d+ \\d+ " + project.folder() + "/agent.py"), lines.get(1));
        lines.subList(2, lines.size())
                .forEach(line -> assertTrue(line.matches("(at|import) \\d+ .*|source \\d+ \\d+ /.*"), line));
        List<String> names = lines.stream().filter(line -> line.startsWith("import")).map(line -> line.split(" ")[2]).toList();
        assertTrue(names.indexOf("helper") >= 0 && names.indexOf("helper") < names.indexOf("decimal"), names.toString());
        assertTrue(names.indexOf("decimal") < names.indexOf("json"), names.toString());
        assertTrue(record.endsWith("\n") && record.contains("environment=SECRET"));
        assertFalse(record.contains("hunter2"), "no value of a variable is kept");
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void onlyTheAgentsOwnProcessIsNoted(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Call call = project.call(project.write("agent.py", "import os\npid = os.fork()\nif pid:\n"
                + "    os.waitpid(pid, 0)\n    import json\n"
                + "else:\n    import decimal\n    os._exit('decimal' not in __import__('sys').modules)\n"));
        assertEquals(0, call.run(Mode.RECORDED).code());
        String record = Files.readString(call.record());
        assertTrue(record.contains(" json\n"), record);
        assertFalse(record.contains("decimal"), record);
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void oneThatCannotBeWrittenCostsTheAgentNothing(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Path agent = project.write("agent.py", "import json, decimal\nprint(json.__name__, decimal.__name__)\n");
        Outcome cold = project.call(agent).run(Mode.COLD);
        for (Path unwritable : List.of(Path.of("/dev/full"), project.root(), project.root().resolve("missing/imports"))) {
            assertEquals(cold, project.call(agent).recordedIn(unwritable).run(Mode.RECORDED), unwritable.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void oneThatCannotGrowEndsWithAWholeLineOrIsReadWithoutItsLast(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Path agent = project.write("agent.py", "import resource, os, sys\nlimit = os.path.getsize(sys.argv[1]) + 300\n"
                + "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\nimport json, decimal, asyncio\nprint('done')\n");
        Call call = project.call(agent, project.root().resolve("imports"));
        assertEquals(new Outcome(0, "done\n", ""), call.run(Mode.RECORDED));
        String record = Files.readString(call.record());
        assertTrue(record.length() > 300 && !record.contains("asyncio"), record);
        assertTrue(call.wait(Mode.PRELOADED).preloaded() > 0);
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void oneThatIsRemovedWhileTheAgentRunsStaysAway(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Path agent = project.write("agent.py", "import os, sys\nos.remove(sys.argv[1])\nimport json\n"
                + "print(os.path.exists(sys.argv[1]))\n");
        Call call = project.call(agent, project.root().resolve("imports"));
        assertEquals(new Outcome(0, "False\n", ""), call.run(Mode.RECORDED));
    }
}
