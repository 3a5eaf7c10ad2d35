package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RotatingLogSharedTest {
    private static final int MAX_BYTES = 60_000;
    private static final int FILES = 200;
    private static final int LINES = 30_000;

    @TempDir
    Path temp;

    @Test
    void twoProcessesLoseNoLineAcrossRotations() throws Exception {
        Path path = temp.resolve("x.log");
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            processes.add(start(path, name));
        }
        for (Process process : processes) {
            assertEquals('r', process.getInputStream().read());
        }
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }
        assertEveryLineIsThere(List.of("a", "b"));
    }

    @Test
    void twoLogsOfOneProcessLoseNoLineAcrossRotations() throws Exception {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            RotatingLog log = new RotatingLog(
                    temp.resolve("x.log"), new Rotation(MAX_BYTES, FILES), InstantSource.system(), warnings::add);
            threads.add(new Thread(() -> LogAppender.append(log, name, LINES)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), warnings);
        assertEveryLineIsThere(List.of("a", "b", "c"));
    }

    private static Process start(Path path, String name) throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), LogAppender.class.getName(),
                path.toString(), String.valueOf(MAX_BYTES), String.valueOf(FILES), name, String.valueOf(LINES))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void assertEveryLineIsThere(List<String> names) throws IOException {
        Set<String> found = new HashSet<>();
        List<String> lines = lines();
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            assertEquals(Integer.parseInt(parts[1]) % 200, parts[2].length(), "a torn line: " + line);
            found.add(parts[0] + " " + parts[1]);
        }
        assertEquals(names.size() * LINES, lines.size());
        assertEquals(names.size() * LINES, found.size());
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        int files = 0;
        try (Stream<Path> folder = Files.list(temp)) {
            for (Path file : folder.filter(path -> path.getFileName().toString().startsWith("x.log")).toList()) {
                files++;
                lines.addAll(Files.readAllLines(file));
            }
        }
        // While one rotates the other goes on, so how many there are is not exact.
        assertTrue(files > 5 && files < FILES, "files: " + files);
        return lines;
    }
}
