package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import meshdev.process.SignalDispositions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent ends by the runner as it ends by {@code python agent.py}: the code, and what it printed byte for byte. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SameEndingTest {
    private static final List<Mode> BY_RUNNER = List.of(Mode.WAITED, Mode.RECORDED, Mode.PRELOADED);
    /** On one line: nobody knows which part of it the signal meets. */
    private static final String ENDLESS = "import atexit, json, os, time\natexit.register(print, 'exit')\n"
            + "os.write(1, b'up\\n'), time.sleep(60)\n";

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void everyEndingIsTheSame(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Map<String, String> different = new TreeMap<>();
        for (Ending ending : Ending.of(interpreter)) {
            compare(ending.name(), project.call(project.write(ending + ".py", ending.source())), ending.modes(), different);
        }
        assertEquals(Map.of(), different);
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void filesThatCannotBeRunAreRefusedInPythonsWords(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Map<String, String> different = new TreeMap<>();
        refused("missing", project.call(project.folder().resolve("missing.py")), different);
        refused("folder", project.call(Files.createDirectory(project.folder().resolve("folder.py"))), different);
        refused("loop", project.call(
                Files.createSymbolicLink(project.folder().resolve("loop.py"), Path.of("loop.py"))), different);
        byte[] latin = "# caf\u00e9\nprint('\u00e9')\n".getBytes(StandardCharsets.ISO_8859_1);
        refused("Latin-1", project.call(Project.write(project.folder(), "latin.py", latin)), different);
        byte[] declared = "# coding: latin-1\nprint('\u00e9')\n".getBytes(StandardCharsets.ISO_8859_1);
        refused("declared", project.call(Project.write(project.folder(), "declared.py", declared)), different);
        refused("unknown coding", project.call(project.write("coding.py", "# coding: klingon\n")), different);
        refused("null", project.call(project.write("null.py", "print('a')\nx = 'a\0b'\n")), different);
        refused("carriage returns", project.call(
                project.write("lines.py", "print('a')\r\nprint('b')\rprint('c')\f\n1/0")), different);
        assertEquals(Map.of(), different);
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void signalsEndItTheSameWay(Interpreter interpreter) throws Exception {
        Project project = project(interpreter);
        Call call = project.call(project.write("endless.py", ENDLESS)).with("PYTHONNODEBUGRANGES", "1");
        for (String signal : signals()) {
            Outcome cold = call.start(Mode.COLD).until("up").signal(signal).end();
            assertNotEquals(0, cold.code());
            for (Mode mode : BY_RUNNER) {
                assertEquals(cold, call.start(mode).until("up").signal(signal).end(), signal + " " + mode);
            }
        }
    }

    /** Those that these tests do not hand on as ignored, as they do when they are run in the background or with {@code nohup}. */
    private static List<String> signals() {
        SignalDispositions before = SignalDispositions.read();
        before.resetInterrupts();
        return before.hangUpIsIgnored() ? List.of("TERM", "INT", "KILL") : List.of("TERM", "INT", "HUP", "KILL");
    }

    private static void refused(String name, Call call, Map<String, String> different) throws Exception {
        compare(name, call, List.of(Mode.RECORDED), different);
    }

    private static void compare(String name, Call call, List<Mode> modes, Map<String, String> different) throws Exception {
        Outcome cold = call.run(Mode.COLD);
        for (Mode mode : modes) {
            Outcome warm = call.run(mode);
            if (!warm.equals(cold)) {
                different.put(name + " " + mode, cold + "\nbecame " + warm + "\n");
            }
        }
    }

    private Project project(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        project.write("helper.py", "def fail():\n    raise LookupError('in a helper')\n");
        project.write("failing.py", "import json\nx = json.loads('{')\n");
        project.write("broken.py", "def f():\n  return (\n");
        return project;
    }
}
