package meshdev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table of packages in ARCHITECTURE.md. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?meshdev\\.([a-z]+)\\.", Pattern.MULTILINE);
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("process", Set.of()),
            Map.entry("imports", Set.of("agent")),
            Map.entry("python", Set.of("agent", "imports", "process")),
            Map.entry("watch", Set.of("config")),
            Map.entry("agent", Set.of("watch", "config")),
            Map.entry("supervise", Set.of("agent", "watch", "process")),
            Map.entry("registry", Set.of("config", "process")),
            Map.entry("mesh", Set.of("config", "process")),
            Map.entry("report", Set.of("supervise", "agent", "process", "config", "python")),
            Map.entry("control", Set.of("config")),
            Map.entry("cli", Set.of("agent", "config", "control", "imports", "mesh", "process", "python", "registry", "report", "supervise", "watch")));

    @Test
    void packagesImportOnlyWhatTheTableAllows() {
        Set<String> violations = new TreeSet<>();
        for (Path file : sources()) {
            Matcher imports = IMPORT.matcher(read(file));
            while (imports.find()) {
                String from = packageOf(file);
                if (!from.equals(imports.group(1)) && !MAY_IMPORT.get(from).contains(imports.group(1))) {
                    violations.add(file + " imports " + imports.group(1));
                }
            }
        }
        assertEquals(Set.of(), violations);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "new ProcessBuilder|process", "System.getenv(|cli", "System.exit(|cli", "import io.methvin|watch",
        "import org.yaml|config", "import picocli|cli",
        "import com.sun.jna|process", "Thread.sleep|none", "System.currentTimeMillis|none", "TODO|none", "printStackTrace|none"})
    void onlyOnePackageDoesThis(String what, String owner) {
        Set<String> users = sources().stream().filter(file -> read(file).contains(what))
                .map(ArchitectureTest::packageOf).collect(Collectors.toSet());
        assertTrue(Set.of(owner).containsAll(users), what + " in " + users);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"import com.google.gson|control mesh registry", "import com.sun.net.httpserver|mesh",
        "import java.net.http|mesh"})
    void onlyThesePackagesKnow(String what, String owners) {
        Set<String> users = sources().stream().filter(file -> read(file).contains(what))
                .map(ArchitectureTest::packageOf).collect(Collectors.toSet());
        assertEquals(Set.of(owners.split(" ")), users);
    }

    @ParameterizedTest
    @CsvSource({"java.nio.file.Files", "System."})
    void theSupervisorTouchesNeitherFilesNorTheSystem(String what) {
        List<Path> users = sources().stream().filter(file -> packageOf(file).equals("supervise"))
                .filter(file -> read(file).contains(what)).toList();
        assertEquals(List.of(), users);
    }

    @Test
    void everyPackageSaysWhatItOwns() {
        for (String name : MAY_IMPORT.keySet()) {
            String info = read(SOURCES.resolve("meshdev").resolve(name).resolve("package-info.java"))
                    .replaceAll("\\s+\\*\\s+", " ");
            assertTrue(info.contains("Owns ") && info.contains("Never ") && info.contains("Start reading at"), name);
        }
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path file) {
        return file.getParent().getFileName().toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
