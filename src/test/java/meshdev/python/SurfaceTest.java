package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two versions of a source with one surface may follow each other with what the first imported in place. */
@Timeout(60)
class SurfaceTest {
    private static final String BASE = """
            \"\"\"An agent.\"\"\"
            import os
            RATE = 1
            import json
            def price(x):
                return x * 2
            class Shop:
                \"\"\"Sells.\"\"\"
                def sell(self):
                    return 3
            """;

    /** What is replaced by what, without any effect on imports. */
    private static final String[][] SAME = {
        {"RATE = 1", "RATE = 2"},
        {"RATE = 1", "RATE: int = 2"},
        {"RATE = 1", "RATE, NAME = [2, 3], 'x'"},
        {"An agent.", "Another text."},
        {"RATE = 1", "# a comment\nRATE = 1"},
        {"x * 2", "x * 3 + len(str(x))"},
        {"return 3", "self.a = 4; return 5"},
        {"class Shop:", "if __name__ == '__main__':\n    RATE = 9\n    print(RATE)\nclass Shop:"},
        {"def price(x):", "def cost(y):\n    return 1\ndef price(x):"},
    };

    /** What is replaced by what may lead to other imports, or to a process in another state before them. */
    private static final String[][] OTHER = {
        {"import json", "import json, re"},
        {"import json", "import re"},
        {"import os\nRATE = 1\nimport json", "import json\nRATE = 1\nimport os"},
        {"return x * 2", "import re; return x * 2"},
        {"return 3", "from re import match; return 3"},
        {"RATE = 1", "os.environ['A'] = '1'"},
        {"RATE = 1", "print('before the import')"},
        {"return x * 2", "os.environ.setdefault('A', '1')"},
        {"return x * 2", "__import__('re')"},
        {"return x * 2", "importlib.import_module('re')"},
        {"import json", "if RATE: import json"},
        {"import json", "try:\n    import json\nexcept ImportError:\n    import re"},
        {"RATE = 1", "logging.basicConfig(level=RATE)"},
        {"RATE = 1", "sys.path.insert(0, 'x')"},
        {"RATE = 1", "signal.signal(15, f)"},
        {"RATE = 1", "import gevent.monkey; gevent.monkey.patch_all()"},
    };

    @TempDir
    private Path folder;

    static List<Path> pythons() {
        return Pythons.all();
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatImportsTheSameHasOneSurface(Path python) throws Exception {
        Map<String, String> surfaces = surfaces(python, SAME);
        String base = surfaces.remove("base");
        surfaces.forEach((edit, surface) -> assertEquals(base, surface, edit));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatMayImportOtherwiseHasAnother(Path python) throws Exception {
        Map<String, String> surfaces = surfaces(python, OTHER);
        String base = surfaces.remove("base");
        surfaces.forEach((edit, surface) -> assertFalse(base.equals(surface), edit));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aConstantCountsWhereAnImportDependsOnIt(Path python) throws Exception {
        Map<String, String> surfaces = surfaces(python, new String[][] {
            {"import json", "if RATE: import json"}, {"RATE = 1\nimport json", "RATE = 0\nif RATE: import json"},
        });
        assertEquals(3, surfaces.values().stream().distinct().count());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void withinABlockOnlyWhatComesBeforeItsLastImportCounts(Path python) throws Exception {
        String block = "if __name__ == '__main__':\n    before()\n    try:\n        import json\n    except ImportError:\n"
                + "        import re\n    after(RATE)\n";
        String[][] edits = {{"import json\n", block}, {"import json\n", block.replace("after(RATE)", "later(RATE)")},
            {"RATE = 1\nimport json\n", "RATE = 2\n" + block}, {"import json\n", block.replace("before()", "earlier()")},
            {"import json\n", block.replace("import re", "import ast")}, {"import json\n", block.replace("__main__", "__mp_main__")}};
        List<String> surfaces = List.copyOf(surfaces(python, edits).values());
        assertEquals(surfaces.get(1), surfaces.get(2));
        assertEquals(surfaces.get(1), surfaces.get(3));
        assertEquals(5, surfaces.stream().distinct().count(), surfaces::toString);
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatCannotBeParsedHasNone(Path python) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.py"), "def broken(:\n");
        try (Inspector inspector = new Inspector(python, Pythons.LIBRARY, Map.of(), folder)) {
            assertEquals(Map.of(), inspector.surfaces(List.of(broken, folder.resolve("gone.py"))));
        }
    }

    /** By the edit; {@code base} without any. */
    private Map<String, String> surfaces(Path python, String[][] edits) throws Exception {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Files.writeString(folder.resolve("base.py"), BASE), "base");
        for (String[] edit : edits) {
            String edited = BASE.replace(edit[0], edit[1]);
            assertFalse(edited.equals(BASE), edit[0]);
            files.put(Files.writeString(folder.resolve("e" + files.size() + ".py"), edited), edit[0] + " -> " + edit[1]);
        }
        try (Inspector inspector = new Inspector(python, Pythons.LIBRARY, Map.of(), folder)) {
            Map<Path, String> surfaces = inspector.surfaces(List.copyOf(files.keySet()));
            Map<String, String> named = new LinkedHashMap<>();
            files.forEach((file, edit) -> named.put(edit, surfaces.get(file)));
            return named;
        }
    }
}
