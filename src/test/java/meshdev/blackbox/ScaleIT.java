package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many agents, and many reloads. */
final class ScaleIT extends BlackBox {
    private static final int AGENTS = 100;
    private static final int RELOADS = 1000;
    /** By then everything is loaded, compiled and cached. */
    private static final int SETTLED = 200;
    private static final int SIDE_BY_SIDE = 8;

    /** Starts in a few milliseconds of one core; notes START and READY as {@link JournalAgent} does. */
    private void cheapAgent(String name) {
        project.write("agents/" + name + ".py", """
                import _socket, os, time
                def note(*words):
                    line = (" ".join(map(str, words)) + "\\n").encode()
                    out = os.open("%s", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
                    os.write(out, line)
                    os.close(out)
                note("START", "%2$s", os.getpid(), "-", time.monotonic_ns())
                if not note:
                    import lib.tax
                if __name__ == "__main__":
                    server = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
                    server.bind(("127.0.0.1", int(os.environ.get("MCP_MESH_HTTP_PORT") or 0)))
                    server.listen()
                    note("READY", "%2$s", os.getpid(), server.getsockname()[1])
                    while True:
                        time.sleep(3600)
                """.formatted(journal().file(), name));
    }

    /** What a run takes of the machine. */
    private record Footprint(long kilobytes, long threads, long descriptors) {
        static Footprint of(MeshDev meshDev) {
            Proc process = new Proc(meshDev.pid());
            return new Footprint(process.status("VmRSS"), process.status("Threads"), process.descriptors().size());
        }

        /** Within a second, because the threads and pipes of the last launch take a moment to go. */
        static Footprint smallestOf(MeshDev meshDev) {
            AtomicReference<Footprint> smallest = new AtomicReference<>(of(meshDev));
            Patience.within(Duration.ofSeconds(1), () -> {
                smallest.accumulateAndGet(of(meshDev), Footprint::smaller);
                return false;
            });
            return smallest.get();
        }

        private Footprint smaller(Footprint other) {
            return new Footprint(Math.min(kilobytes, other.kilobytes), Math.min(threads, other.threads),
                    Math.min(descriptors, other.descriptors));
        }
    }

    @Test
    void aHundredAgentsStartOneSaveRestartsOneAndCtrlCEndsAll() {
        for (int i = 0; i < AGENTS; i++) {
            cheapAgent("a" + i);
        }
        long begin = System.nanoTime();
        MeshDev meshDev = project.launch("start", "agents/").run();
        Patience.until("all are ready", Duration.ofSeconds(60), () -> meshDev.count(" ready on :") == AGENTS, meshDev::output);
        meshDev.await("File watching enabled.");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.toSeconds() < 60, () -> "started in " + took);
        Footprint footprint = Footprint.of(meshDev);
        assertTrue(footprint.threads() < 3 * AGENTS + 50 && footprint.descriptors() < 3 * AGENTS + 50
                && footprint.kilobytes() < 160 * 1024, footprint::toString);
        project.shell("touch agents/a42.py");
        meshDev.awaitReloads("a42", 1);
        project.assertNoStart("a42", 2);
        assertEquals(AGENTS + 1, journal().text().lines().filter(line -> line.startsWith("START ")).count());
        long asked = System.nanoTime();
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
        Duration end = Duration.ofNanos(System.nanoTime() - asked);
        assertTrue(end.toMillis() < 11_000, () -> "ended in " + end + "\n" + meshDev.output());
        assertEquals(0, meshDev.count("killed"), meshDev::output);
    }

    @Test
    @Timeout(300)
    void aThousandReloadsLeaveMemoryThreadsAndDescriptorsAsTheyWere() {
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            cheapAgent("a" + i);
        }
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 0"));
        MeshDev meshDev = project.startReady("a0", "a7");
        Footprint early = afterReloads(meshDev, 0, SETTLED / SIDE_BY_SIDE);
        Footprint late = afterReloads(meshDev, SETTLED / SIDE_BY_SIDE, RELOADS / SIDE_BY_SIDE);
        String seen = early + " became " + late;
        assertTrue(late.kilobytes() - early.kilobytes() < 8 * 1024, seen);
        assertTrue(Math.abs(late.threads() - early.threads()) <= 2, seen);
        assertTrue(Math.abs(late.descriptors() - early.descriptors()) <= 2, seen);
        assertEquals(0, meshDev.count("failed") + meshDev.count("unasked") + meshDev.count("killed"), meshDev::output);
    }

    /** Reloads all agents at once by a module that they import, again and again. */
    private Footprint afterReloads(MeshDev meshDev, int done, int wanted) {
        for (int round = done + 1; round <= wanted; round++) {
            project.write("lib/tax.py", "# round " + round + "\n");
            int reloads = round;
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                String line = "Reload completed: a" + i + " in";
                Patience.until("reload " + reloads + " of a" + i, () -> meshDev.count(line) >= reloads, meshDev::output);
            }
        }
        return Footprint.smallestOf(meshDev);
    }
}
