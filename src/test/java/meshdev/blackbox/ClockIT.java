package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that jumps, dates of the future, and processes that stand still for a while. */
final class ClockIT extends BlackBox {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    /** A run whose Java alone sees the time that is in the file {@code clock} beside the project. */
    private Launch withAClockOfItsOwn() {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        assumeTrue(library.isPresent(), "libfaketime is not installed");
        Path java = project.outside("jdk/bin/java");
        TestProject.write(java, "#!/bin/sh\nLD_PRELOAD=" + library.get() + " exec " + Built.JAVA_HOME + "/bin/java \"$@\"\n");
        jump("+0");
        project.shell("chmod +x ../jdk/bin/java; cp " + Built.JAVA_HOME + "/release ../jdk/");
        return project.launch("start", "agents/", "--env", "LD_PRELOAD=").env("JAVA_HOME", project.outside("jdk").toString())
                .env("FAKETIME_TIMESTAMP_FILE", project.outside("clock").toString()).env("FAKETIME_NO_CACHE", "1")
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("NO_FAKE_STAT", "1");
    }

    private void jump(String offset) {
        TestProject.write(project.outside("clock.new"), offset + "\n");
        project.shell("mv ../clock.new ../clock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1h", "+1h"})
    void aJumpOfTheWallClockDelaysNothingAndTripsNothing(String offset) {
        JournalAgent orders = project.agent("orders");
        project.with(orders, project.agent("stubborn").early(JournalAgent.IGNORE_TERM));
        MeshDev meshDev = withAClockOfItsOwn().ready("orders", "stubborn");
        jump(offset);
        for (int version = 2; version <= 4; version++) {
            project.with(orders.version(version));
            meshDev.awaitReloads("orders", version - 1);
        }
        project.assertNoStart("orders", 4);
        project.with(orders.early("sys.exit(3)").version(5));
        meshDev.await("Too many startup attempts (3) in 10s");
        project.with(orders.version(6));
        meshDev.awaitReloads("orders", 4);
        long saved = System.nanoTime();
        project.shell("rm -r ../home/logs; touch agents/stubborn.py");
        meshDev.await("stubborn did not stop in 3 s, killed");
        Duration took = Duration.ofNanos(System.nanoTime() - saved);
        assertTrue(took.toMillis() > 2900 && took.toMillis() < 20_000, () -> "the grace took " + took + "\n" + meshDev.output());
        meshDev.awaitReloads("stubborn", 1);
        assertTrue(project.log().contains("Reload completed: stubborn"), "a lost log is written anew\n" + project.log());
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        meshDev.await("restarting in 500 ms");
        meshDev.await("orders ready on :", 2);
        assertTrue(meshDev.isAlive());
    }

    @Test
    void timesInTheLogFollowTheWallClock() {
        project.with(project.agent("orders"));
        MeshDev meshDev = withAClockOfItsOwn().ready("orders");
        jump("+1h");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        List<LocalDateTime> times = project.log().lines().map(line -> LocalDateTime.parse(line.substring(0, 23))).toList();
        Duration jumped = Duration.between(times.get(0), times.get(times.size() - 1));
        assertTrue(jumped.toMinutes() >= 59, project::log);
    }

    @Test
    void filesFromTheFutureReloadOnceForEverySave() {
        project.with(project.agent("orders"), project.agent("pricing"));
        project.shell("touch -d '+2 days' agents/orders.py; touch -d 2100-01-01 agents/pricing.py");
        MeshDev meshDev = project.startReady("orders", "pricing");
        project.assertNoStart("orders", 1);
        project.shell("touch -d '+3 days' agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        project.shell("touch -d 1971-01-01 agents/orders.py");
        meshDev.awaitReloads("orders", 2);
        project.assertNoStart("orders", 3);
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void afterEverythingStoodStillHealthyAgentsLiveAndSavesAreOneReload() {
        project.with(project.agent("orders"), project.agent("pricing"), project.agent("starting").early("time.sleep(4)"))
                .write(".meshwatch", TestProject.RULES + "startup_window: 2s\nstop_timeout: 2s\n"
                        + "agents: {pricing: {health: /health}}\n");
        MeshDev meshDev = project.launch("start", "agents/").ready("orders", "pricing");
        journal().awaitStarts("starting", 1);
        List<Long> all = Stream.concat(Stream.of(meshDev.pid()),
                Stream.of("orders", "pricing", "starting").map(name -> journal().lastStart(name).pid())).toList();
        all.forEach(pid -> MeshDev.signal("STOP", pid));
        for (int version = 2; version <= 4; version++) {
            project.with(project.agent("orders").version(version));
        }
        Patience.until("all stand", () -> all.stream().allMatch(pid -> new Proc(pid).state() == 'T'), meshDev::output);
        Patience.staysFor("all stand still", Duration.ofSeconds(4),
                () -> all.stream().allMatch(pid -> new Proc(pid).state() == 'T'), meshDev::output);
        all.forEach(pid -> MeshDev.signal("CONT", pid));
        meshDev.awaitReloads("orders", 1);
        meshDev.await("starting ready ");
        project.assertNoStart("orders", 2);
        assertEquals("orders 4", TestProject.ask(journal().lastPort("orders")));
        assertEquals(1, journal().starts("pricing").size());
        assertEquals(1, journal().starts("starting").size());
        assertEquals(0, meshDev.count("killed") + meshDev.count("failed") + meshDev.count("unasked"), meshDev::output);
    }
}
