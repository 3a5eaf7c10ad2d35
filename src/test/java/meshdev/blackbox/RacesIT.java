package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saves and signals at the worst moment: while an agent starts, stops or waits, or while mesh-dev itself stands still. */
final class RacesIT extends BlackBox {
    /** Notes when its process was made, by the clock of {@link System#nanoTime}. */
    private static final String NOTE_BIRTH = """
            ticks = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19])
            age = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - ticks * 1000000000 // os.sysconf("SC_CLK_TCK")
            note("BORN", NAME, time.monotonic_ns() - age)""";
    private static final String WRITER = """
            import os, sys, time
            file, end = sys.argv[1], time.monotonic() + float(sys.argv[2])
            text = open(file).read()
            count = 0
            while time.monotonic() < end:
                count += 1
                %s
                time.sleep(%s)
            """;

    private void delay(int millis) {
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: " + millis));
    }

    private void awaitStopping(int times) {
        Patience.until("it stops", () -> journal().facts("STOPPING", "orders").size() >= times, journal()::text);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500})
    void savesWhileTheOldOneStopsAreOneStartOfTheNewest(int delay) {
        JournalAgent agent = project.agent("orders").stoppingIn("1.5");
        project.with(agent);
        delay(delay);
        MeshDev meshDev = project.startReady("orders");
        project.with(agent.version(2));
        awaitStopping(1);
        project.with(agent.version(3));
        project.with(agent.version(4));
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha());
        journal().assertNeverTwoAtOnce("orders");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500})
    void aSaveWhileTheAgentIsStartingIsNoFailureAndTheNewestRuns(int delay) {
        JournalAgent slow = project.agent("orders").early("time.sleep(30)");
        project.with(slow);
        delay(delay);
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("File watching enabled.");
        journal().awaitStarts("orders", 1);
        for (int version = 2; version <= 5; version++) {
            project.with(slow.version(version));
            journal().awaitStarts("orders", version);
        }
        project.with(project.agent("orders").version(6));
        journal().awaitReady("orders", 1);
        meshDev.awaitReloads("orders", 1);
        assertEquals(6, journal().starts("orders").size());
        assertEquals(0, meshDev.count("failed to start") + meshDev.count("Too many"), meshDev::output);
        journal().assertNeverTwoAtOnce("orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOPPING", "QUIET", "BACK-OFF"})
    void aQuitAmidARestartWinsAndNothingIsStartedAfterwards(String moment) {
        JournalAgent agent = project.agent("orders").stoppingIn("0.8");
        project.with(agent);
        delay(500);
        MeshDev meshDev = project.startReady("orders");
        project.with(agent.version(2));
        if (moment.equals("STOPPING")) {
            awaitStopping(1);
            project.with(agent.version(3));
        } else if (moment.equals("BACK-OFF")) {
            MeshDev.signal("KILL", journal().lastStart("orders").pid());
        }
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertEquals(1, journal().starts("orders").size(), journal()::text);
    }

    @Test
    void aThousandSavesByRenameAreAtMostTwoReloadsAndThenMeshDevIsIdle() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        TestProject.write(project.outside("storm.py"), WRITER.formatted(
                "open(file + '.tmp', 'w').write(text + f'# {count}\\n'); os.rename(file + '.tmp', file)", "0.001"));
        project.shell("python3 \"$1\" \"$2\" 2", project.outside("storm.py").toString(), agent.file().toString());
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha().equals(TestProject.sha(agent.file())),
                meshDev::output);
        meshDev.awaitReloads("orders", 1);
        int starts = journal().starts("orders").size();
        assertTrue(starts <= 3, journal()::text);
        project.assertNoStart("orders", starts);
        long before = new Proc(meshDev.pid()).cpuMillis();
        project.assertNoStart("orders", starts);
        long used = new Proc(meshDev.pid()).cpuMillis() - before;
        assertTrue(used <= 600, () -> used + " ms of CPU in a quiet second");
    }

    @Test
    void anEndlessWriterIsReloadedOnceACapIsNamedAndDelaysNoOtherAgent() {
        project.write(".meshwatch", TestProject.RULES.replace("100", "400")); // a busy machine may hold up the writer for long
        JournalAgent orders = project.agent("orders");
        JournalAgent pricing = project.agent("pricing");
        project.with(orders, pricing);
        MeshDev meshDev = project.startReady("orders", "pricing");
        TestProject.write(project.outside("endless.py"),
                WRITER.formatted("open(file, 'w').write(text + f'# {count}\\n')", "0.04"));
        project.shell("python3 \"$1\" \"$2\" 11 >/dev/null 2>&1 &", project.outside("endless.py").toString(), orders.file().toString());
        Patience.until("the writer writes", () -> !TestProject.sha(orders.file()).equals(journal().lastStart("orders").sha()),
                meshDev::output);
        project.with(pricing.version(2));
        meshDev.awaitReloads("pricing", 1);
        assertEquals(0, meshDev.count("Reloading orders"), "pricing waits for nobody");
        meshDev.await("orders is reloaded although agents/orders.py keeps changing", 2);
        int starts = journal().starts("orders").size();
        assertTrue(starts <= 6, journal()::text);
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha().equals(TestProject.sha(orders.file())),
                meshDev::output);
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void aSlowWriterEndsWithItsLastContentAndNoBreaker() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell("python3 -c \"import sys,time; f=sys.argv[1]; new=open(f).read().replace('# version 1','# version 2')\n"
                + "n=len(new)//5+1; o=open(f,'w')\n"
                + "for i in range(0,len(new),n): o.write(new[i:i+n]); o.flush(); time.sleep(0.4)\" \"$1\"", agent.file().toString());
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha().equals(TestProject.sha(agent.file())),
                meshDev::output);
        journal().awaitReady("orders", 2);
        assertEquals(0, meshDev.count("Too many"), meshDev::output);
        journal().assertNeverTwoAtOnce("orders");
    }

    @Test
    void savesMadeWhileMeshDevStandsStillAreOneReload() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        MeshDev.signal("STOP", meshDev.pid());
        for (int version = 2; version <= 6; version++) {
            project.with(agent.version(version));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
        MeshDev.signal("CONT", meshDev.pid());
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha());
        assertEquals(0, meshDev.count("failed") + meshDev.count("killed"), meshDev::output);
    }

    @Test
    void whoEndedInTimeWhileMeshDevStoodStillIsNotCalledKilled() {
        JournalAgent agent = project.agent("orders").stoppingIn("0.4");
        project.with(agent);
        MeshDev meshDev = project.launch("start", "agents/", "--stop-timeout", "900ms").ready("orders");
        for (int version = 2; version <= 4; version++) {
            long old = journal().lastStart("orders").pid();
            project.with(agent.version(version));
            awaitStopping(version - 1);
            MeshDev.signal("STOP", meshDev.pid());
            Patience.until("it is gone", () -> !new Proc(old).isAlive(), journal()::text);
            long gone = System.nanoTime();
            Patience.until("the grace is long over", () -> System.nanoTime() - gone > TimeUnit.MILLISECONDS.toNanos(1800), journal()::text);
            MeshDev.signal("CONT", meshDev.pid());
            meshDev.awaitReloads("orders", version - 1);
        }
        assertEquals(0, meshDev.count("killed"), meshDev::output);
    }

    /**
     * A file that is not quiet for half a second is launched by nobody; what runs at last is what was saved at last. An interpreter that
     * waits is born at any moment: with it the agent's first line counts.
     */
    @ParameterizedTest
    @ValueSource(strings = {"--strategy=restart", "--no-runner"})
    void whateverTheMomentOfASaveNothingIsLaunchedBesideOrBeforeIt(String manner) {
        JournalAgent good = project.agent("orders").early(NOTE_BIRTH).stoppingIn("0.5").early("time.sleep(0.3)");
        JournalAgent broken = project.agent("orders").early(NOTE_BIRTH).early("sys.exit(3)");
        project.with(good);
        delay(500);
        MeshDev meshDev = project.launch("start", manner, "agents/").ready("orders");
        List<Long> saves = saveAtRandom(good, broken);
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha().equals(TestProject.sha(good.file())),
                meshDev::output);
        project.assertNoStart("orders", journal().starts("orders").size());
        journal().assertNeverTwoAtOnce("orders");
        assertEquals(0, meshDev.count("Too many"), meshDev::output);
        assertTrue(journal().starts("orders").size() >= 8, journal()::text);
        List<Long> launches = manner.equals("--strategy=restart")
                ? journal().starts("orders").stream().map(Journal.Start::nanos).toList()
                : journal().facts("BORN", "orders").stream().map(birth -> Long.parseLong(birth.get(0))).toList();
        assertNoneLaunchedAmidSaves(launches, saves, Duration.ofMillis(500));
    }

    private List<Long> saveAtRandom(JournalAgent good, JournalAgent broken) {
        Random random = new Random(20261124);
        List<Long> saves = new ArrayList<>();
        for (int save = 2; save <= 41; save++) {
            project.with((save < 41 && random.nextInt(4) == 0 ? broken : good).version(save));
            saves.add(System.nanoTime());
            long pause = random.nextBoolean() ? 20 + random.nextInt(150) : 300 + random.nextInt(1000);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        return saves;
    }

    /** The end of the quiet time may come a little early, and noticing a save takes a moment. */
    private void assertNoneLaunchedAmidSaves(List<Long> launches, List<Long> saves, Duration quiet) {
        long early = quiet.minusMillis(60).toNanos();
        long noticing = Duration.ofMillis(300).toNanos();
        for (long launch : launches) {
            assertEquals(0, saves.stream().filter(save -> save > launch - early && save < launch - noticing).count(),
                    () -> "launched at " + launch + " amid saves at " + saves + "\n" + journal().text());
        }
    }
}
