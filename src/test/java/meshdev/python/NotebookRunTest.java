package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program that runs notebooks, by every interpreter of this machine. */
@Timeout(60)
class NotebookRunTest {
    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
    }

    static List<Path> pythons() {
        return Pythons.all();
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void itsCellsAreOneProgramAsAScriptIs(Path python) throws Exception {
        Run run = run(python, cells("import sys, threading\nx = 1", "", "import beside\nassert sys.modules['__main__'].x == x\n"
                + "print(__name__, __file__, sys.argv, sys.path[0] == sys.argv[2], 'runpy' in dir())"), "arg", real().toString());
        String file = real().resolve("demo.ipynb").toString();
        assertEquals("__main__ " + file + " ['" + file + "', 'arg', '" + real() + "'] True False\n", run.out(), run.toString());
        assertEquals(0, run.exit());
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aTracebackNamesCellAndLineAndNothingOfOurs(Path python) throws Exception {
        Run run = run(python, cells("def f():\n    x = 1\n    return x / 0", "f()"));
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("demo.ipynb[cell 2]\", line 1, in <module>\n    f()\n"), run.err());
        assertTrue(run.err().contains("demo.ipynb[cell 1]\", line 3, in f\n    return x / 0\n"), run.err());
        assertFalse(run.err().contains("notebook.py"), run.err());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void exitCodesAreAScripts(Path python) throws Exception {
        assertEquals(7, run(python, cells("import sys; sys.exit(7)")).exit());
        assertEquals(0, run(python, cells("raise SystemExit")).exit());
        Run said = run(python, cells("raise SystemExit('why')"));
        assertEquals("1 why\n", said.exit() + " " + said.err());
        assertEquals(128 + 2, run(python, cells("import os, time\nos.kill(os.getpid(), 2)\ntime.sleep(9)")).exit());
        Run syntax = run(python, cells("print('never')", "x = = 1"));
        assertEquals("1 ", syntax.exit() + " " + syntax.out());
        assertTrue(syntax.err().contains("demo.ipynb[cell 2]\", line 1\n    x = = 1\n"), syntax.err());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void magicsAreSkippedWithANoteEach(Path python) throws Exception {
        Run run = run(python, cells("%load_ext x\nif True:\n    !ls \\\n      -l\nfiles = !ls\nprint?\n?print",
                "%%bash\nthis is no Python", "%%time\nprint('timed')", "s = '''\n%s\n!x\n''' % 1\nprint('%d'\n  % 2, s.count('!'))\nprint(8 \\\n% 5)"));
        assertEquals("timed\n2 1\n3\n", run.out(), run.err());
        List<String> notes = run.err().lines().map(line -> line.replaceAll(".*demo", "demo")).toList();
        assertEquals(List.of("demo.ipynb[cell 1], line 1: skipped %load_ext x", "demo.ipynb[cell 1], line 3: skipped !ls \\",
                "demo.ipynb[cell 1], line 5: skipped files = !ls", "demo.ipynb[cell 1], line 6: skipped print?",
                "demo.ipynb[cell 1], line 7: skipped ?print", "demo.ipynb[cell 2], line 1: skipped %%bash",
                "demo.ipynb[cell 3], line 1: skipped %%time"), notes);
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatIsAwaitedAtTheTopSharesALoop(Path python) throws Exception {
        Run run = run(python, cells("import asyncio\nawait asyncio.sleep(0)\nloop = asyncio.get_running_loop()",
                "await asyncio.sleep(0)\nprint(loop is asyncio.get_running_loop())"));
        assertEquals("True\n", run.out(), run.err());
        assertEquals(0, run.exit());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatIsNoPythonNotebookIsRefused(Path python) throws Exception {
        Run other = run(python, "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"R\"}}}");
        assertEquals(1, other.exit());
        assertTrue(other.err().endsWith("demo.ipynb: its language is R; only notebooks in Python are run\n"), other.err());
        for (String text : List.of("", "{", "[]", "{}", "x = 1")) {
            Run run = run(python, text);
            assertTrue(run.exit() == 1 && run.err().contains("demo.ipynb: not a notebook") && run.err().lines().count() == 1, run.err());
        }
        Run older = run(python, "{\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"input\": [\"print(\", \"3)\"]}]}]}");
        assertEquals("3\n", older.out(), older.err());
    }

    private Path real() throws Exception {
        return folder.toRealPath();
    }

    private static String cells(String... sources) {
        List<String> cells = new ArrayList<>(List.of("{\"cell_type\": \"markdown\", \"source\": [\"# no\"]}"));
        for (String source : sources) {
            String text = source.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
            cells.add("{\"cell_type\": \"code\", \"outputs\": [], \"source\": [\"" + text + "\"]}");
        }
        return "{\"nbformat\": 4, \"cells\": [" + String.join(", ", cells) + "]}";
    }

    private Run run(Path python, String notebook, String... arguments) throws Exception {
        Path file = Files.writeString(real().resolve("demo.ipynb"), notebook);
        Files.writeString(real().resolve("beside.py"), "");
        List<String> command = new ArrayList<>(List.of(python.toString(), "-B", Pythons.LIBRARY.resolve("notebook.py").toString(),
                file.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("NO_COLOR", "1");
        Process process = builder.start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err));
    }
}
