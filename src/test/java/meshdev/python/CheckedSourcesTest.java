package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Syntax is what the agents' own interpreter takes. */
@Timeout(60)
class CheckedSourcesTest {
    /** Source, and the first version of Python 3 that takes it. */
    private static final Object[][] SINCE = {
        {"if (x := 1): pass", 8},
        {"with (open(a) as b, open(c) as d): pass", 9},
        {"match x:\n    case 1: pass", 10},
        {"try: pass\nexcept* E: pass", 11},
        {"def f[T](x: T): pass", 12},
        {"f'{x['a']}'", 12},
        {"def f[T = int](x: T): pass", 13},
        {"f'{a b}'", 99},
        {"return 1", 99},
        {"x = (1\ny = 2", 99},
        {"  x = 1", 99},
        {"if x:\npass", 99},
        {"\tx = 1\n        y = 1", 99},
        {"nonlocal x", 99},
        {"'unended", 99},
        {"x = 1\n'''unended", 99},
        {"print 1", 99},
        {"# coding: nonsense", 99},
        {"x = 1\ny = \0", 99},
        {"(".repeat(100_000), 99},
        {"await x", 99},
        {"", 8},
        {"\uFEFFx = 1\r\n", 8},
        {"x = '\\d' is 1", 8},
    };

    @TempDir
    private Path folder;

    static List<Path> pythons() {
        return Pythons.all();
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void eachVersionHasItsOwnSyntax(Path python) throws Exception {
        try (Inspector inspector = inspector(python)) {
            int version = Integer.parseInt(inspector.searchPath().version().split("\\.")[1]);
            for (Object[] row : SINCE) {
                Path file = write("a.py", (String) row[0]);
                List<SourceError> errors = inspector.check(List.of(file));
                boolean taken = version >= (int) row[1];
                assertEquals(taken, errors.isEmpty(), row[0].toString().lines().findFirst() + " in " + version + ": " + errors);
                for (SourceError error : errors) {
                    assertTrue(error.line() >= 1 && error.message().matches("(?s)\\w*Error: .+"), error.toString());
                }
            }
            try (var left = Files.list(folder)) {
                assertEquals(1, left.count(), "nothing is left behind");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void anErrorNamesItsPlace(Path python) throws Exception {
        Path file = write("orders.py", "import os\n\nx = 1 +\n");
        Path other = write("fine.py", "x = 1\n");
        Path latin = Files.write(folder.resolve("latin.py"), new byte[] {'x', '\n', '\'', (byte) 0xe9, '\'', '\n'});
        Path fstring = write("f.py", "y = 1\nx = f\"{a b}\"\n");
        try (Inspector inspector = inspector(python)) {
            List<SourceError> errors = inspector.check(List.of(other, file, folder.resolve("gone.py"), latin, fstring));
            assertEquals(List.of(file, latin, fstring), errors.stream().map(SourceError::file).toList(), errors.toString());
            assertEquals("orders.py:3", errors.get(0).place("orders.py"));
            assertEquals("SyntaxError: invalid syntax", errors.get(0).message());
            assertEquals(List.of("x = 1 +", "       ^"), errors.get(0).marked());
            assertEquals(2, errors.get(1).line(), errors.toString());
            assertEquals(2, errors.get(2).line(), errors.toString());
            assertEquals("x = f\"{a b}\"", errors.get(2).marked().get(0), errors.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void nothingIsExecuted(Path python) throws Exception {
        Path trace = folder.resolve("trace");
        Path file = write("a.py", "open('" + trace + "', 'w')\nimport sitecustomize\n");
        try (Inspector inspector = inspector(python)) {
            assertEquals(List.of(), inspector.check(List.of(file)));
            inspector.parse(List.of(file));
            assertFalse(Files.exists(trace));
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void anErrorInANotebookNamesCellAndLine(Path python) throws Exception {
        Path file = write("demo.ipynb", notebook("from __future__ import annotations", "", "%time\n!ls \\\n  -l\nx = '''\n%no\n'''",
                "await thing()", "y = 1\ny = = 2"));
        try (Inspector inspector = inspector(python)) {
            List<SourceError> errors = inspector.check(List.of(file));
            assertEquals(1, errors.size(), errors.toString());
            assertEquals("demo.ipynb[cell 4]:2", errors.get(0).place("demo.ipynb"));
            assertEquals("y = = 2", errors.get(0).marked().get(0));
        }
    }

    private static String notebook(String... cells) {
        StringBuilder text = new StringBuilder("{\"nbformat\": 4, \"cells\": [");
        for (String cell : cells) {
            text.append(text.toString().endsWith("[") ? "" : ", ").append("{\"cell_type\": \"code\", \"source\": \"")
                    .append(cell.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"")).append("\"}");
        }
        return text.append("]}").toString();
    }

    private Path write(String name, String text) throws Exception {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private Inspector inspector(Path python) {
        return new Inspector(python, Pythons.LIBRARY, Pythons.environment(), folder);
    }
}
