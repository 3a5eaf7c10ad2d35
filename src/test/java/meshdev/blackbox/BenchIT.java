package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of {@code src/bench}, with mesh-dev as the only tool. */
final class BenchIT {
    private static final Path PROGRAM = Path.of("src/bench/reload_bench.py").toAbsolutePath();
    private static final String MARK = "RELOAD_BENCH=";
    private static final int TERMINATED = 128 + 15;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path scratch;

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void oneRoundLeavesNumbersTablesAndAPlotAndNoProcess() throws Exception {
        Process bench = bench("--rounds", "1", "--tools", "mesh-dev,no-such-tool");
        assertTrue(bench.waitFor(60, TimeUnit.SECONDS), this::told);
        assertEquals(0, bench.exitValue(), this::told);
        assertTrue(told().contains("no-such-tool: not known"), this::told);
        assertTrue(told().contains("Save to serving: tiny agent, 50 ms quiet time, one save"), this::told);
        String raw = Files.readString(scratch.resolve("out/results.json"));
        assertTrue(raw.matches("(?s).*\"serving\": [0-9.]+,.*\"phases\": \\{\\s*\"[a-z]+\": [0-9.]+,.*"), raw);
        assertTrue(Files.readString(scratch.resolve("out/results.md")).contains("| mesh-dev | 50 | 1 | 0 |"));
        assertTrue(Files.readString(scratch.resolve("out/results.svg")).contains(">mesh-dev</text>"));
        assertEquals(List.of(), left(bench));
    }

    @Test
    void anInterruptEndsAllThatItStartedAndKeepsWhatIsKnown() throws Exception {
        Process bench = bench("--rounds", "1000", "--tools", "mesh-dev");
        Patience.until("rounds", () -> told().contains("round 1 of 1000"), this::told);
        assertFalse(left(bench).isEmpty());
        bench.destroy();
        assertTrue(bench.waitFor(60, TimeUnit.SECONDS), this::told);
        assertEquals(TERMINATED, bench.exitValue(), this::told);
        assertEquals(List.of(), left(bench));
        assertTrue(Files.exists(scratch.resolve("out/results.json")));
    }

    private Process bench(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", PROGRAM.toString(), "--no-archive", "--alone", "1",
                "--debounce", "50", "--gap", "0.1", "--path", Built.HOME.resolve("bin").toString(),
                "--out", scratch.resolve("out").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file().toFile());
        builder.environment().put("JAVA_HOME", Built.JAVA_HOME.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Whatever the benchmark started, and what was started by that. */
    private static List<String> left(Process bench) {
        return Proc.withEnvironment(MARK + bench.pid() + "-").stream().filter(Proc::isAlive).map(Proc::commandLine).toList();
    }

    private Path file() {
        return scratch.resolve("told");
    }

    private String told() {
        try {
            return Files.exists(file()) ? Files.readString(file()) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
