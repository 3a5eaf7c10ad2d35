package meshdev.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import meshdev.python.Inspector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares closures with what the machine's own Python loads, for programs of one import. */
class CorpusIT {
    private static final List<String> MODULES = List.of("json", "asyncio", "email.message", "email.mime.text", "http.server",
            "http.client", "xml.etree.ElementTree", "xml.dom.minidom", "concurrent.futures", "logging.config", "unittest",
            "unittest.mock", "argparse", "collections.abc", "ctypes.util", "csv", "dataclasses", "difflib", "doctest",
            "importlib.metadata", "importlib.resources", "inspect", "multiprocessing.pool", "pathlib", "pickle", "sqlite3",
            "subprocess", "tarfile", "typing", "urllib.request", "wsgiref.simple_server", "xmlrpc.client", "zipfile", "tomllib",
            "curses.ascii", "encodings.idna");
    private static final long LIMIT_SECONDS = 120;
    private static final Path TRACE = Path.of("src/test/resources/corpus/trace.py").toAbsolutePath();
    private static final Path LIBRARY = Path.of("src/main/dist/lib").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void aClosureHoldsAllThatIsLoadedAndLittleElse() throws Exception {
        Path python = interpreter();
        Map<String, String> missing = new TreeMap<>();
        Set<Path> statements = new TreeSet<>();
        try (Inspector inspector = new Inspector(python, LIBRARY, Map.of("PATH", "/usr/bin:/bin"), folder)) {
            List<Program> programs = programs(inspector);
            Map<String, Closure> closures = closures(programs, inspector::parse);
            for (String module : MODULES) {
                Set<Path> lost = loaded(python, "first", List.of(module));
                String counts = String.format("%-22s loads %3d, closure %3d", module, lost.size(), closures.get(module)
                        .files().size());
                lost.removeAll(closures.get(module).files());
                System.out.println(counts + ", lost " + lost);
                if (!lost.isEmpty()) {
                    missing.put(module, lost.toString());
                }
            }
            closures(programs, files -> withoutPrefixes(inspector.parse(files))).values()
                    .forEach(closure -> statements.addAll(closure.files()));
        }
        statements.removeIf(file -> file.startsWith(folder));
        Set<Path> extras = new TreeSet<>(statements);
        extras.removeAll(loaded(python, "all", MODULES));
        System.out.println(extras.size() + " extras of " + statements.size() + ": " + extras);
        assertEquals(Map.of(), missing);
        assertTrue(extras.size() * 10 <= statements.size(), extras.size() + " of " + statements.size());
    }

    private List<Program> programs(Inspector inspector) throws IOException {
        List<Path> standardLibrary = inspector.searchPath().entries().stream()
                .filter(entry -> !entry.endsWith("site-packages")).toList();
        List<Program> programs = new ArrayList<>();
        for (String module : MODULES) {
            Path entry = Files.writeString(folder.resolve(module + ".main.py"), "import " + module + "\n");
            programs.add(new Program(module, Program.Language.PYTHON, List.of(entry), standardLibrary, Map.of()));
        }
        return programs;
    }

    private static Map<String, Closure> closures(List<Program> programs, SourceReader reader) throws IOException {
        return new ImportGraph(new Folders(FolderNames.DISK), file -> true, new FactsCache(Stamp::of), language -> reader)
                .update(programs, List.of());
    }

    /** A prefix means every module below, of which a run loads few: what encodings there are is no measure. */
    private static Map<Path, SourceFacts> withoutPrefixes(Map<Path, SourceFacts> all) {
        Map<Path, SourceFacts> facts = new TreeMap<>();
        all.forEach((file, said) -> facts.put(file, new SourceFacts(said.imports(), List.of(), said.paths(), said.computed(),
                said.exports(), said.broken())));
        return facts;
    }

    private static Path interpreter() throws Exception {
        return Path.of(run("python3", "-c", "import sys; print(sys.executable)").get(0));
    }

    private static Set<Path> loaded(Path python, String what, List<String> modules) throws Exception {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-S", "-B", "-W", "ignore", "-X",
                "frozen_modules=off", TRACE.toString(), what));
        command.addAll(modules);
        Set<Path> loaded = new HashSet<>();
        for (String line : run(command.toArray(new String[0]))) {
            if (line.startsWith("LOADED ")) {
                loaded.add(Path.of(line.substring("LOADED ".length())));
            }
        }
        assertTrue(!loaded.isEmpty(), what + " " + modules);
        return loaded;
    }

    private static List<String> run(String... command) throws Exception {
        Path output = Files.createTempFile("corpus", ".txt");
        Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), String.join(" ", command));
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
