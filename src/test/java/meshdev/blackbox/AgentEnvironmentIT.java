package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What agents find in their environment, at their first start and at every later one. */
final class AgentEnvironmentIT extends BlackBox {
    private static final String SECRET = "s3cr3t-5d41402abc";

    private Proc running(String agent) {
        return new Proc(journal().lastStart(agent).pid());
    }

    private static String value(Proc process, String name) {
        return process.variable(name).orElse("(unset)");
    }

    @Test
    void laterPlacesBeatEarlierOnesInTheOrderOfTheManual() {
        project.with(project.agent("orders"))
                .write(".env", "A=dotenv\nB=dotenv\nC=dotenv\nD=dotenv\nE=dotenv\nF=dotenv\nG=dotenv\n")
                .write("shared.env", "D=env_file\nE=env_file\nF=env_file\nG=env_file\n")
                .write("flag.env", "F=flagfile\nG=flagfile\n")
                .write(".meshwatch", TestProject.RULES + "env: {C: meshwatch, D: meshwatch, E: meshwatch, F: meshwatch, G: m}\n"
                        + "env_file: shared.env\nagents: {orders: {env: {E: agent, F: agent, G: agent}}}\n");
        project.launch("start", "agents/", "--env", "G=flag", "--env-file", "flag.env")
                .env("B", "inherited").env("C", "inherited").env("D", "inherited").env("G", "inherited").ready("orders");
        Proc agent = running("orders");
        assertEquals("dotenv inherited meshwatch env_file agent flagfile flag",
                String.join(" ", Stream.of("A", "B", "C", "D", "E", "F", "G").map(name -> value(agent, name)).toList()));
    }

    @Test
    void everyRespawnGetsTheRegistryOfTheFirstStartWhateverDotEnvSaysLater() {
        project.with(project.agent("orders"), project.agent("pricing"))
                .write(".env", "MCP_MESH_REGISTRY_URL=http://registry.test:8123\nCOLOUR=blue\n");
        MeshDev meshDev = project.startReady("orders", "pricing");
        Proc first = running("orders");
        var variables = new TreeSet<>(first.environment());
        assertEquals("http://registry.test:8123 registry.test 8123", value(first, "MCP_MESH_REGISTRY_URL") + " "
                + value(first, "MCP_MESH_REGISTRY_HOST") + " " + value(first, "MCP_MESH_REGISTRY_PORT"));
        String id = value(first, "MCP_MESH_AGENT_ID");
        assertFalse(id.equals("(unset)") || id.equals(value(running("pricing"), "MCP_MESH_AGENT_ID")), id);
        project.write(".env", "MCP_MESH_REGISTRY_URL=http://elsewhere.test:1\nMCP_MESH_DB_PATH=/other\nCOLOUR=blue\n");
        for (int reload = 1; reload <= 2; reload++) {
            project.shell("touch agents/orders.py");
            meshDev.awaitReloads("orders", reload);
            var again = new TreeSet<>(running("orders").environment());
            again.removeIf(one -> one.startsWith("MCP_MESH_HTTP_PORT="));
            assertEquals(variables, again);
        }
    }

    @Test
    void theAgentIdIsTheSameInTheNextRun() {
        project.with(project.agent("orders"));
        MeshDev first = project.startReady("orders");
        String id = value(running("orders"), "MCP_MESH_AGENT_ID");
        first.signal("TERM");
        first.awaitExit();
        project.startReady("orders");
        assertEquals(id, value(running("orders"), "MCP_MESH_AGENT_ID"));
    }

    @Test
    void outputIsUnbufferedUnlessTheUserSaysOtherwise() {
        project.with(project.agent("orders").late("print('at once')"));
        project.launch("start", "agents/").ready("orders").await("orders   | at once");
        assertEquals("1", value(running("orders"), "PYTHONUNBUFFERED"));
        assertTrue(value(running("orders"), "PYTHONPATH").endsWith(project.root() + ":" + Built.HOME.resolve("lib/python")));
    }

    @Test
    void aPortInTheEnvironmentIsNotGivenToSeveralAgents() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_HTTP_PORT", "1").env("MCP_MESH_AGENT_ID", "x")
                .ready("orders", "pricing");
        meshDev.await("MCP_MESH_HTTP_PORT of the environment is not passed on");
        meshDev.await("MCP_MESH_AGENT_ID of the environment is not passed on");
    }

    @Test
    void valuesOfVariablesAppearNowhere() {
        project.with(project.agent("orders").late("assert os.environ['API_KEY'].startswith('s3')"),
                        project.agent("broken").early("sys.exit(3)"))
                .write(".env", "API_KEY=" + SECRET + "\n")
                .write(".meshwatch", TestProject.RULES + "env: {DB_PASSWORD: " + SECRET + "}\n");
        MeshDev meshDev = project.launch("start", "agents/", "-v", "--env", "TOKEN=" + SECRET).env("MCP_MESH_LOG_LEVEL", "TRACE")
                .ready("orders");
        meshDev.await("broken: waiting for a change");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        MeshDev debug = project.launch("debug", "watches").runToEnd();
        meshDev.signal("TERM");
        meshDev.awaitExit();
        assertFalse((debug.text(false) + debug.text(true) + meshDev.text(false) + meshDev.text(true)).contains(SECRET));
        assertEquals(List.of(), filesWith(SECRET, project.home()));
    }

    private static List<Path> filesWith(String text, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> contains(file, text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
