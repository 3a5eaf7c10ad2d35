package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that can't be written: agents and reloads go on, the user is told once, and the log when it can be again. */
final class LogFaultsIT extends BlackBox {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    /** Root may write anywhere unless this is taken away. */
    private static final String AS_ANYBODY = ROOT ? "exec setpriv --bounding-set=-dac_override --inh-caps=-dac_override " : "exec ";
    /** Prints 400 lines of 1000 letters and then a few a second. */
    private static final String TALKS = """
            for number in range(400):
                print("x" * 1000, flush=True)
            import threading
            def talk():
                while True:
                    print("still here", flush=True)
                    time.sleep(0.1)
            threading.Thread(target=talk, daemon=True).start()""";

    private Path logs() {
        return project.home().resolve("logs");
    }

    private Path agentLog(String agent) {
        try (Stream<Path> all = Files.walk(logs())) {
            return all.filter(file -> file.endsWith(agent + ".log")).findFirst().orElse(logs().resolve(agent + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Agents live, a reload works, one warning for each file, and nothing that comes from a library. */
    private void assertGoesOn(MeshDev meshDev, int warnings) {
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        Patience.until("warnings", () -> meshDev.count("Cannot write the log") >= warnings, meshDev::output);
        awaitMoreTries(meshDev);
        assertEquals(warnings, meshDev.count("Cannot write the log"), meshDev::output);
        assertEquals("", meshDev.text(true));
        assertTrue(meshDev.lines().stream().allMatch(line -> line.text().startsWith("mesh-dev | ")
                || line.text().startsWith("orders   | ")), meshDev::output);
    }

    /** A log that fails is tried every two seconds; the agent says ten lines a second. */
    private static void awaitMoreTries(MeshDev meshDev) {
        meshDev.await("orders   | still here", (int) meshDev.count("orders   | still here") + 30);
    }

    /** A log is tried again with a line that it is to get. */
    private void awaitGoodAgain(MeshDev meshDev) {
        Patience.until("another try", () -> {
            project.shell("touch agents/orders.py; sleep 0.3");
            return meshDev.count("mcp-mesh.log again") > 0;
        }, meshDev::output);
    }

    @Test
    void aFullDiskStopsNobodyAndTheLogGoesOnWhenThereIsRoom() throws IOException {
        assumeTrue(ROOT, "needs a file system of its own");
        Files.createDirectories(logs());
        project.with(project.agent("orders").late(TALKS));
        MeshDev meshDev = project.launch().script("sh", "exec unshare -m sh -c 'mount -t tmpfs -o size=256k,mode=700 none "
                + "\"$MCP_MESH_HOME/logs\" && exec mesh-dev start agents/'").ready("orders");
        meshDev.await("Cannot write the log");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        awaitMoreTries(meshDev);
        assertTrue(meshDev.count("Cannot write the log") <= 2, meshDev::output);
        Path inside = Path.of("/proc/" + meshDev.pid() + "/root" + logs());
        try (Stream<Path> all = Files.walk(inside)) {
            for (Path file : all.filter(file -> file.endsWith("orders.log")).toList()) {
                Files.delete(file);
            }
        }
        meshDev.await("Writing the log");
        assertTrue(meshDev.await("Writing the log").text().matches(".* again; \\d+ lines? (is|are) missing"), meshDev::output);
        project.shell("until grep -q 'still here' \"$1\"/shop-*/orders.log; do sleep 0.1; done", inside.toString());
        assertEquals("", meshDev.text(true));
    }

    @Test
    void aFolderThatMayNotBeWrittenIsSaidOnceForEachFile() throws IOException {
        Files.createDirectories(logs());
        project.shell("chmod 555 \"$1\"", logs().toString());
        project.with(project.agent("orders").late(TALKS));
        MeshDev meshDev = project.launch().script("sh", AS_ANYBODY + "mesh-dev start agents/").ready("orders");
        assertGoesOn(meshDev, 2);
        assertTrue(meshDev.text(false).contains("mcp-mesh.log: permission denied"), meshDev::output);
        project.shell("chmod 755 \"$1\"", logs().toString());
        awaitGoodAgain(meshDev);
        meshDev.await("Writing the log", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs", "logs/mcp-mesh.log"})
    void whatIsInTheWayOfALogIsSaidOnce(String place) throws IOException {
        Path there = project.home().resolve(place);
        if (place.endsWith(".log")) {
            Files.createDirectories(there);
        } else {
            Files.writeString(there, "a file");
        }
        project.with(project.agent("orders").late(TALKS));
        MeshDev meshDev = project.startReady("orders");
        assertGoesOn(meshDev, place.endsWith(".log") ? 1 : 2);
        Files.delete(there);
        awaitGoodAgain(meshDev);
        meshDev.await("Writing the log " + project.home().resolve("logs/mcp-mesh.log") + " again");
    }

    @Test
    void aHomeThatCannotBeMadeCostsTheLogsOnly() throws IOException {
        Files.writeString(project.outside("file"), "");
        project.with(project.agent("orders").late(TALKS));
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_HOME", project.outside("file") + "/home").ready("orders");
        assertGoesOn(meshDev, 2);
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
    }

    @Test
    void theLogsAreBelowTheHomeThatTheUserSays() {
        project.with(project.agent("orders"));
        Path user = project.outside("user");
        project.launch().script("sh", "unset MCP_MESH_HOME; HOME='" + user + "' exec mesh-dev start agents/").ready("orders");
        assertTrue(Files.exists(user.resolve(".mcp-mesh/logs/mcp-mesh.log")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rm \"$1\"", "mv \"$1\" \"$1.old\""})
    void aLogThatIsTakenAwayIsMadeAgain(String how) {
        project.with(project.agent("orders").late(TALKS));
        project.startReady("orders").await("still here");
        for (Path log : List.of(logs().resolve("mcp-mesh.log"), agentLog("orders"))) {
            project.shell(how, log.toString());
            Patience.until(log + " again", Duration.ofSeconds(25), () -> {
                project.shell("touch agents/orders.py");
                return Files.exists(log);
            }, project::log);
        }
    }

    @Test
    void twoMeshDevsLoseNoLineWhileTheLogIsRotated() throws IOException {
        Files.createDirectories(logs());
        Files.writeString(logs().resolve("mcp-mesh.log"), ("x".repeat(1023) + "\n").repeat(10 * 1024 - 1) + "y".repeat(200) + "\n");
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev first = project.launch("start", "agents/orders.py").ready("orders");
        MeshDev second = project.launch("start", "agents/pricing.py").ready("pricing");
        for (int round = 1; round <= 4; round++) {
            project.shell("touch agents/orders.py agents/pricing.py");
            first.awaitReloads("orders", round);
            second.awaitReloads("pricing", round);
        }
        assertTrue(Files.exists(logs().resolve("mcp-mesh.log.1")), "rotated");
        for (MeshDev one : List.of(first, second)) {
            one.signal("INT");
            assertEquals(130, one.awaitExit());
            for (MeshDev.Line line : one.lines()) {
                if (line.text().startsWith("mesh-dev | ")) {
                    String text = line.text().substring(11);
                    assertTrue(allLogged().contains("[shop] " + text + "\n"), text);
                }
            }
        }
    }

    private String allLogged() throws IOException {
        return Files.readString(logs().resolve("mcp-mesh.log.1")) + Files.readString(logs().resolve("mcp-mesh.log"));
    }

    @Test
    void aDiskThatTakesItsTimeDelaysNoReload() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "needs strace to slow down writes");
        Files.createDirectories(logs());
        Files.createFile(logs().resolve("mcp-mesh.log"));
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch().script("sh", "exec strace -D -f -qq --seccomp-bpf -o /dev/null -e trace=write,pwrite64 -P "
                + "\"$MCP_MESH_HOME/logs/mcp-mesh.log\" -e inject=write,pwrite64:delay_enter=2s mesh-dev start agents/").ready("orders");
        long saved = System.nanoTime();
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertTrue(Duration.ofNanos(System.nanoTime() - saved).toMillis() < 3000, meshDev::output);
        assertFalse(project.log().contains("Reload completed"), "the disk is not slow");
    }
}
