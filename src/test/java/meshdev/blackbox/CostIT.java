package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What mesh-dev itself takes of the machine and of a save's way to the agent. Runs alone: others would be measured too. */
@Isolated
final class CostIT extends BlackBox {
    private static final int ROUNDS = 12;
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final long SLOWEST_MEDIAN_MILLIS = 15;
    private static final double MOST_CPU_PERCENT = 0.3;
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final long MOST_KILOBYTES = 60 * 1024;
    private static final long MOST_KILOBYTES_PER_AGENT = 1024;
    private static final int FURTHER_AGENTS = 12;

    @Test
    void theSignalFollowsTheQuietTimeAtOnce() {
        JournalAgent agent = project.agent("orders").late("signal.signal(signal.SIGTERM, lambda *a: "
                + "(note('TERMED', NAME, time.monotonic_ns()), os._exit(0)))");
        project.with(agent).write(".meshwatch", "include: 'agents/*.py'\nreload_delay: " + DELAY.toMillis() + "\n");
        MeshDev meshDev = project.startReady("orders");
        List<Long> late = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            long saved = System.nanoTime();
            project.with(agent.version(round + 1));
            meshDev.awaitReloads("orders", round);
            long termed = Long.parseLong(journal().facts("TERMED", "orders").get(round - 1).get(0));
            late.add(Duration.ofNanos(termed - saved).minus(DELAY).toMillis());
        }
        Collections.sort(late);
        assertTrue(late.get(ROUNDS / 2) <= SLOWEST_MEDIAN_MILLIS, "milliseconds after the quiet time: " + late);
        assertEquals(ROUNDS + 1, journal().starts("orders").size());
    }

    @Test
    void idlingAndMemoryAreCheap() throws IOException {
        project.with(project.agent("orders"), project.agent("pricing"), project.agent("clock"));
        MeshDev meshDev = project.startReady("orders", "pricing", "clock");
        Patience.staysFor("settling", SETTLING, meshDev::isAlive, meshDev::output);
        long before = ownCpuTicks(meshDev.pid());
        Patience.staysFor("idling", IDLE, meshDev::isAlive, meshDev::output);
        double percent = (ownCpuTicks(meshDev.pid()) - before) * 10.0 / IDLE.toMillis() * 100;
        assertTrue(percent <= MOST_CPU_PERCENT, "idle CPU: " + percent + " %");
        long kilobytes = ownKilobytes(meshDev.pid());
        assertTrue(kilobytes <= MOST_KILOBYTES, "proportional memory: " + kilobytes + " kB");
    }

    @Test
    void aFurtherAgentTakesAMegabyteAtMost() throws IOException {
        long few = kilobytesWith(2);
        long many = kilobytesWith(2 + FURTHER_AGENTS);
        assertTrue(many - few <= FURTHER_AGENTS * MOST_KILOBYTES_PER_AGENT,
                FURTHER_AGENTS + " further agents: " + few + " kB became " + many + " kB");
    }

    /** What a run of so many agents takes once the inspector, which read their imports, has left. */
    private long kilobytesWith(int count) throws IOException {
        List<String> names = IntStream.range(0, count).mapToObj(index -> "agent" + index).toList();
        names.forEach(name -> project.with(project.agent(name)));
        MeshDev meshDev = project.startReady(names.toArray(String[]::new));
        Patience.staysFor("settling", SETTLING, meshDev::isAlive, meshDev::output);
        long kilobytes = ownKilobytes(meshDev.pid());
        meshDev.signal("TERM");
        meshDev.awaitExit();
        return kilobytes;
    }

    /** mesh-dev and its guardian and inspector; agents are counted apart. */
    private static List<Long> own(long pid) {
        return Stream.concat(Stream.of(pid), ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children)
                .filter(child -> child.info().commandLine().orElse("").contains("/lib/"))
                .map(ProcessHandle::pid)).toList();
    }

    private static long ownCpuTicks(long pid) throws IOException {
        long ticks = 0;
        for (long process : own(pid)) {
            ticks += cpuTicks(process);
        }
        return ticks;
    }

    private static long ownKilobytes(long pid) throws IOException {
        long kilobytes = 0;
        for (long process : own(pid)) {
            kilobytes += proportionalKilobytes(process);
        }
        return kilobytes;
    }

    /** User and system time in hundredths of a second: fields 14 and 15 of {@code /proc/PID/stat}. */
    private static long cpuTicks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
    }

    private static long proportionalKilobytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        throw new IOException("no Pss in smaps_rollup");
    }
}
