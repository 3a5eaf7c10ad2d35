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

/** What is preloaded is not looked through for garbage; what is the agent's own is, and there is one {@code __main__}. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class FrozenModulesTest {
    private static final String FROZEN = "print(gc.get_freeze_count() > 0)\n";

    @TempDir(deletionStrategy = LinksFirst.class)
    private Path folder;

    static List<Interpreter> interpreters() {
        return Interpreter.all();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void aliasesOfMainStayItsAliases(Interpreter interpreter) throws Exception {
        assertEquals("True\nTrue\n", preloaded(interpreter, "import multiprocessing, sys, gc\n"
                + "print(sys.modules['__mp_main__'] is sys.modules['__main__'])\n" + FROZEN));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void whoeverHoldsMainHoldsTheOneThatRuns(Interpreter interpreter) throws Exception {
        assertEquals("True\n", preloaded(interpreter, "import holder, sys\n"
                + "print(holder.__main__ is sys.modules['__main__'])\n"));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void garbageOfTheAgentsOwnIsFoundAtItsEnd(Interpreter interpreter) throws Exception {
        assertEquals("True\ngone\n", preloaded(interpreter, "import early, gc\n" + FROZEN
                + "class Node:\n    def __init__(self):\n        self.me = self\n    def __del__(self):\n        print('gone')\nNode()\n"));
    }

    private String preloaded(Interpreter interpreter, String source) throws Exception {
        Project project = new Project(folder.resolve(interpreter + "-" + System.nanoTime()), interpreter);
        project.install("holder.py", "import __main__\n");
        project.install("early.py", "import json\n");
        Call call = project.call(project.write("agent.py", source));
        call.run(Mode.RECORDED);
        Outcome outcome = call.run(Mode.PRELOADED);
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.out();
    }
}
