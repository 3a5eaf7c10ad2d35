package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent can see of its process is the same by the runner as by {@code python agent.py}. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SameProcessTest {
    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void everyFactIsTheSame(Interpreter interpreter) throws Exception {
        Project project = withProbe(interpreter);
        Call call = project.call(project.folder().resolve("probe.py"), "one", "two words", "--preload", "ü");
        Outcome cold = call.run(Mode.COLD);
        assertEquals(0, cold.code(), cold.err());
        for (Mode mode : List.of(Mode.WAITED, Mode.RECORDED, Mode.PRELOADED)) {
            Outcome warm = call.run(mode);
            assertEquals(Map.of(), unexplained(facts(cold), facts(warm), mode), interpreter + " " + mode);
            assertEquals(cold.err(), warm.err(), interpreter + " " + mode);
            assertEquals(cold.code(), warm.code());
        }
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whatItImportsIsPreloadedAndNothingElse(Interpreter interpreter) throws Exception {
        Project project = withProbe(interpreter);
        Call call = project.call(project.folder().resolve("probe.py"));
        Map<String, String> recorded = facts(call.run(Mode.RECORDED));
        Waiting waiting = call.wait(Mode.PRELOADED);
        assertEquals("", waiting.note());
        assertTrue(waiting.preloaded() > 50, "preloaded " + waiting.preloaded());
        Map<String, String> preloaded = facts(waiting.go().end());
        assertTrue(preloaded.get("first modules").contains("'vendor'"));
        assertEquals(recorded.get("modules"), preloaded.get("modules"));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void poolsOfItsFunctionsWork(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Call call = project.call(project.copy("pools.py"), "argument");
        Outcome cold = call.run(Mode.COLD);
        assertEquals(0, cold.code(), cold.err());
        assertEquals(cold, call.run(Mode.RECORDED));
        assertEquals(cold, call.run(Mode.PRELOADED));
    }

    /** The one known difference in what is printed: below the agent's first frame there are ours. */
    @ParameterizedTest
    @MethodSource("interpreters")
    void aWarningThatLeadsPastTheAgentNamesTheRunner(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        Call call = project.call(project.write("agent.py", "import warnings\nwarnings.warn('far', stacklevel=2)\n"));
        Outcome cold = call.run(Mode.COLD);
        assertTrue(cold.err().matches("<?sys>?:\\d+: UserWarning: far\n"), cold.err());
        Outcome warm = call.run(Mode.WAITED);
        assertTrue(warm.err().matches(".*/lib/becoming.py:\\d+: UserWarning: far\n.*\n"), warm.err());
        assertEquals(cold.code() + cold.out(), warm.code() + warm.out());
    }

    private Project withProbe(Interpreter interpreter) throws Exception {
        Project project = new Project(folder.resolve(interpreter.toString()), interpreter);
        project.copy("probe.py");
        project.write("helper.py", "import __main__, sys, decimal\nSEEN = __main__.__file__, sys.argv\n");
        project.install("vendor.py", "import __main__, sys, textwrap, warnings\n"
                + "SEEN = __main__.__file__, __main__.__name__, sys.argv, __main__.__builtins__, sys.path\n"
                + "def warn():\n    warnings.warn('from an installed package')\n");
        return project;
    }

    private static Map<String, String> facts(Outcome outcome) {
        Map<String, String> facts = new TreeMap<>();
        outcome.out().replaceAll(" at 0x\\w+", "").lines()
                .forEach(line -> facts.put(line.split("\t")[0], line.substring(line.indexOf('\t') + 1)));
        return facts;
    }

    private static Map<String, String> unexplained(Map<String, String> cold, Map<String, String> warm, Mode mode) {
        Map<String, String> found = new TreeMap<>();
        cold.forEach((name, value) -> {
            if (!value.equals(warm.get(name)) && !KnownDifference.explains(name, mode, value, warm.get(name))) {
                found.put(name, value + "\n    became " + warm.get(name));
            }
        });
        return found;
    }
}
