package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Agents that print more than anybody can read. mesh-dev's output goes to a file: a test would be too slow a reader. */
final class FloodIT extends BlackBox {
    private static final Pattern TOOK = Pattern.compile("Reload completed: pricing in (\\d+) ms");
    /** As much as the system takes: 64 KiB at a time. Begins when the file {@code go} is there. */
    private static final String FLOOD = """
            while not os.path.exists("go"):
                time.sleep(0.01)
            block = (b"%079d\\n" % 7) * 819
            count = 0
            while True:
                os.write(1, block)
                count += 1
                if count % 50 == 0:
                    note("FLOODED", NAME, count)""";
    /** Answers requests in another thread, prints numbers in this one. */
    private static final String TICKS = """
            import threading
            def ticks():
                number = 0
                while True:
                    print("tick", number, flush=True)
                    number += 1
                    time.sleep(0.02)
            threading.Thread(target=ticks, daemon=True).start()""";

    private MeshDev start(String... agents) {
        MeshDev meshDev = project.launch().script("sh", "exec mesh-dev start agents/ >\"$MCP_MESH_HOME/out\"").run();
        for (String agent : agents) {
            awaitShown("| " + agent + " ready on :");
        }
        awaitShown("File watching enabled.");
        return meshDev;
    }

    private List<String> shown() {
        return lines(project.home().resolve("out"));
    }

    private void awaitShown(String text) {
        Patience.until(text, () -> shown().stream().anyMatch(line -> line.contains(text)), this::evidence);
    }

    private String evidence() {
        return String.join("\n", shown().stream().filter(line -> line.startsWith("mesh-dev")).toList());
    }

    @Test
    void aFloodHoldsUpNobodyAndStaysWithinBounds() {
        project.with(project.agent("flood").late(FLOOD), project.agent("pricing").late(TICKS));
        MeshDev meshDev = start("flood", "pricing");
        Proc process = new Proc(meshDev.pid());
        long before = process.residentKilobytes();
        project.write("go", "");
        awaitShown("lines of flood dropped (too fast to log)");
        long usedBefore = process.cpuMillis();
        long begun = System.nanoTime();
        for (int version = 2; version <= 5; version++) {
            project.with(project.agent("pricing").late(TICKS).version(version));
            int reloads = version - 1;
            Patience.until("reloads", () -> reloadTimes().size() >= reloads, this::evidence);
        }
        Patience.until("a full log file", () -> Files.exists(agentLog("flood.log.1")), this::evidence);
        double processors = (process.cpuMillis() - usedBefore) * 1e6 / (System.nanoTime() - begun);
        assertTrue(processors < 0.8, "processors: " + processors);
        assertTrue(reloadTimes().stream().sorted().findFirst().orElseThrow() < 3000, this::evidence);
        long after = process.residentKilobytes();
        assertTrue(after - before < 60 * 1024, "kB before the flood: " + before + ", in it: " + after);
        int floods = journal().facts("FLOODED", "flood").size();
        Patience.until("the flood goes on", () -> journal().facts("FLOODED", "flood").size() > floods, this::evidence);
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit(Duration.ofSeconds(10)));
        assertEveryTickIsThere(lines(agentLog("pricing.log")));
        assertEveryTickIsThere(shown());
        assertTrue(bytesOfLogs() <= 52_000_000, "bytes of logs: " + bytesOfLogs());
        assertTrue(lines(agentLog("flood.log")).stream().anyMatch(line -> line.endsWith("lines dropped (too fast to log)")));
    }

    /** In each life the numbers begin at 0 and none is left out. */
    private static void assertEveryTickIsThere(List<String> lines) {
        int expected = 0;
        for (String line : lines) {
            if (line.contains(" tick ")) {
                int number = Integer.parseInt(line.substring(line.indexOf(" tick ") + 6));
                assertTrue(number == expected || number == 0, line + " came instead of " + expected);
                expected = number + 1;
            }
        }
        assertTrue(expected > 0);
    }

    private List<Integer> reloadTimes() {
        return TOOK.matcher(project.log()).results().map(found -> Integer.valueOf(found.group(1))).toList();
    }

    @Test
    void theLastWordsOfAFloodingAgentAreShownHoweverMuchWasDropped() {
        project.with(project.agent("flood").early("""
                for _ in range(200):
                    os.write(1, (b"%079d\\n" % 7) * 819)
                os.write(1, b"the reason\\n")
                os.kill(me, signal.SIGKILL)"""));
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\nstartup_window: 60s\n");
        project.launch().script("sh", "exec mesh-dev start agents/ >\"$MCP_MESH_HOME/out\"").run();
        awaitShown("waiting for a change");
        List<String> shown = shown();
        int reason = shown.indexOf("flood    | the reason");
        int exit = IntStream.range(0, shown.size()).filter(i -> shown.get(i).contains("Too many startup")).findFirst().orElseThrow();
        assertTrue(reason >= 0 && reason < exit, () -> String.join("\n", shown.subList(exit - 5, shown.size())));
        assertTrue(lines(agentLog("flood.log")).stream().anyMatch(line -> line.endsWith("the reason")));
        assertTrue(shown.stream().anyMatch(line -> line.contains("lines of flood dropped (too fast to log)")));
    }

    @Test
    void aLongListingIsNoFlood() {
        project.with(project.agent("orders").late("""
                os.write(1, b"".join(b"row %07d %060d\\n" % (i, 0) for i in range(60000)))
                print("all of it", flush=True)"""));
        start("orders");
        Patience.until("the end", () -> lines(agentLog("orders.log")).stream().anyMatch(line -> line.endsWith("all of it")),
                this::evidence);
        Matcher row = Pattern.compile(" row (\\d{7}) ").matcher("");
        List<Integer> rows = lines(agentLog("orders.log")).stream().filter(line -> row.reset(line).find())
                .map(line -> Integer.valueOf(line.replaceAll(".* row (\\d{7}) .*", "$1"))).toList();
        assertEquals(IntStream.range(0, 60000).boxed().toList(), rows);
    }

    private Path agentLog(String name) {
        return logs().filter(file -> file.getFileName().toString().equals(name)).findFirst()
                .orElse(project.home().resolve("logs").resolve(name));
    }

    private long bytesOfLogs() {
        return logs().mapToLong(file -> file.toFile().length()).sum();
    }

    private Stream<Path> logs() {
        try (Stream<Path> all = Files.walk(project.home().resolve("logs"))) {
            return all.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
