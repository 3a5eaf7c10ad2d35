package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The registry that a run keeps, and agents' places in it. */
final class RegistryIT extends BlackBox {
    /** Registers as MCP Mesh's own agents do, and takes leave on SIGTERM. */
    private static final String REGISTERS = """
            import json, urllib.request
            MY_ID, URL = os.environ["MCP_MESH_AGENT_ID"], os.environ["MCP_MESH_REGISTRY_URL"]
            def call(method, path, body=None):
                request = urllib.request.Request(URL + path, body, {"Content-Type": "application/json"}, method=method)
                return urllib.request.urlopen(request, timeout=5).read()
            call("POST", "/heartbeat", json.dumps({"agent_id": MY_ID, "name": NAME, "version": str(VERSION) + ".0.0",
                "http_host": os.environ["MCP_MESH_HTTP_HOST"], "http_port": server.getsockname()[1],
                "tools": [{"function_name": "f", "capability": NAME}]}).encode())
            note("REGISTERED", NAME, VERSION)""";
    private static final String TAKES_LEAVE = """
            def leave(number, frame):
                call("DELETE", "/agents/" + MY_ID)
                os._exit(0)
            signal.signal(signal.SIGTERM, leave)""";

    private final int port = FreePort.any();

    @Test
    void whereNoneIsOneIsEmbeddedNamedAndGoneWithTheRun() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/").registry(port).ready("orders");
        meshDev.await("http://127.0.0.1:" + port + " (embedded)");
        assertTrue(TestProject.ask(port).contains("\"mcp-mesh-registry\""), () -> TestProject.ask(port));
        String told = "registry http://127.0.0.1:" + port + " (embedded), 0 agents, 0 unresolved dependencies";
        Patience.until(told, () -> project.launch("stats").runToEnd().text(false).replaceAll("\\s+", " ").contains(told),
                meshDev::output); // lines are broken at 80 columns
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertFalse(TestProject.ask(port).contains("mcp-mesh"));
    }

    @Test
    void aReloadIsCompleteWhenTheAgentIsInTheRegistryAgainUnderTheSameIdAndEndpoint() {
        JournalAgent orders = project.agent("orders").late(REGISTERS).late(TAKES_LEAVE);
        project.with(orders);
        MeshDev meshDev = project.launch("start", "agents/").registry(port).ready("orders");
        awaitRows(Map.of("orders", "healthy 1.0.0"), meshDev);
        String endpoint = row("orders").get("endpoint").getAsString();
        String id = row("orders").get("id").getAsString();
        for (int version = 2; version <= 4; version++) {
            project.with(orders.version(version));
            meshDev.awaitReloads("orders", version - 1);
            assertEquals(Map.of("orders", "healthy " + version + ".0.0"), rows(), "registered before the reload is complete");
            assertEquals(endpoint, row("orders").get("endpoint").getAsString());
            assertEquals(id, row("orders").get("id").getAsString());
        }
        assertTrue(meshDev.await("Reload completed: orders").text().matches(".*, ready [^,]+, registered [^,]+\\)$"));
    }

    @Test
    void anAgentThatNeverRegistersIsReportedOnceAndNotWaitedForAgain() {
        project.with(project.agent("clock"));
        MeshDev meshDev = project.launch("start", "agents/").registry(port).ready("clock");
        project.with(project.agent("clock").version(2));
        meshDev.awaitReloads("clock", 1);
        meshDev.await("clock serves, but did not register with the registry within 5 s");
        project.with(project.agent("clock").version(3));
        meshDev.awaitReloads("clock", 2);
        project.with(project.agent("clock").version(4));
        meshDev.awaitReloads("clock", 3);
        assertEquals(1, meshDev.count("did not register"));
    }

    @Test
    void anAgentThatIsKilledForAReloadKeepsItsRowAndOneThatStaysDownLosesIt() {
        JournalAgent orders = project.agent("orders").early(JournalAgent.IGNORE_TERM).late(REGISTERS);
        project.with(orders);
        MeshDev meshDev = project.launch("start", "agents/", "--stop-timeout", "300ms").registry(port).ready("orders");
        awaitRows(Map.of("orders", "healthy 1.0.0"), meshDev);
        project.with(orders.version(2));
        meshDev.await("orders did not stop in 300 ms, killed");
        meshDev.awaitReloads("orders", 1);
        assertEquals(Map.of("orders", "healthy 2.0.0"), rows());
        project.with(orders.version(3).early("sys.exit(3)"));
        meshDev.await("Too many startup attempts");
        awaitRows(Map.of("orders", "unhealthy 2.0.0"), meshDev);
    }

    @Test
    void aSecondMeshDevUsesTheRegistryOfTheFirstAndTakesOverWhenThatIsKilled() {
        project.with(project.agent("orders").late(REGISTERS), project.agent("pricing").late(REGISTERS));
        MeshDev first = project.launch("start", "agents/orders.py").registry(port).ready("orders");
        first.await("(embedded)");
        MeshDev second = project.launch("start", "agents/pricing.py").registry(port).ready("pricing");
        second.await("http://127.0.0.1:" + port + " (running)");
        awaitRows(Map.of("orders", "healthy 1.0.0", "pricing", "healthy 1.0.0"), second);
        first.signal("KILL");
        second.await("Registry: http://127.0.0.1:" + port + " (embedded)");
        Patience.until("the first one's guardian has ended what it had to", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0")
                .stream().noneMatch(one -> one.commandLine().contains("guardian.sh " + first.pid() + "-")), second::output);
        assertTrue(TestProject.ask(port).contains("\"mcp-mesh-registry\""), () -> TestProject.ask(port));
    }

    @Test
    void aPortThatIsAnotherProgramsIsNamedAndAgentsRunAllTheSame() {
        project.with(project.agent("stranger"));
        MeshDev other = project.launch("start", "agents/stranger.py").env("MCP_MESH_HTTP_PORT", Integer.toString(port)).ready("stranger");
        long stranger = journal().starts("stranger").get(0).pid();
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/orders.py").registry(port).ready("orders");
        meshDev.await("port " + port + " is held by pid " + stranger);
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(other.isAlive());
    }

    /** A registry program in the project that only a kill ends. */
    private static final String STUBBORN = """
            #!/usr/bin/env python3
            import http.server, os, signal, socket
            signal.signal(signal.SIGTERM, lambda number, frame: open("asked-to-end", "w").close())
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    text = b'{"status": "healthy", "service": "mcp-mesh-registry", "agents": [], "count": 0}'
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                do_HEAD = do_POST = do_GET
            http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
            """;

    @Test
    void aSecondCtrlCDoesNotWaitForARegistryThatDoesNotEnd() {
        project.write("bin/mcp-mesh-registry", STUBBORN).shell("chmod +x bin/mcp-mesh-registry");
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/").registry(port).ready("orders");
        meshDev.await("mcp-mesh-registry");
        meshDev.signal("INT");
        Patience.until("the registry is asked to end", () -> Files.exists(project.file("asked-to-end")), meshDev::output);
        long again = System.nanoTime();
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - again);
        assertTrue(millis < 2500, () -> millis + " ms, its grace is 3 s\n" + meshDev.output());
    }

    private void awaitRows(Map<String, String> expected, MeshDev meshDev) {
        Patience.until("rows " + expected, () -> rows().equals(expected), () -> rows() + "\n" + meshDev.output());
    }

    /** Status and version by name. */
    private Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        for (JsonElement one : agents()) {
            JsonObject row = one.getAsJsonObject();
            rows.merge(row.get("name").getAsString(), row.get("status").getAsString() + " " + row.get("version").getAsString(),
                    (known, more) -> known + ", " + more);
        }
        return rows;
    }

    private JsonObject row(String name) {
        for (JsonElement one : agents()) {
            if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
                return one.getAsJsonObject();
            }
        }
        throw new AssertionError("no row of " + name);
    }

    private Iterable<JsonElement> agents() {
        try (var in = URI.create("http://127.0.0.1:" + port + "/agents").toURL().openStream()) {
            JsonElement agents = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject().get("agents");
            return agents.isJsonNull() ? List.of() : agents.getAsJsonArray();
        } catch (IOException e) {
            return List.of(); // not up yet, or gone
        }
    }
}
