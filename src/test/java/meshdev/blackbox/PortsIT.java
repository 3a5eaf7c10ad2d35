package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which port an agent gets, and what is said when it cannot have it. */
final class PortsIT extends BlackBox {
    @ParameterizedTest
    @ValueSource(strings = {"true", "echo '# edited, no longer http_port = 5000; DB_PORT = 5432' >> agents/orders.py"})
    void aPortThatTheSystemPickedIsTheSameInALaterRun(String meanwhile) {
        project.with(project.agent("orders"));
        for (int run = 1; run <= 2; run++) {
            MeshDev meshDev = project.startReady("orders");
            meshDev.signal("TERM");
            meshDev.awaitExit();
            project.shell(meanwhile);
        }
        assertEquals(2, journal().ports("orders").size());
        assertEquals(1, journal().ports("orders").stream().distinct().count());
    }

    @Test
    void aPortThatTheCodeStatesInsteadOfAnyTakesEffectInTheSameRunAndInALaterOne() throws IOException {
        JournalAgent agent = project.agent("orders");
        int port = unusual();
        String any = "os.environ.setdefault('MCP_MESH_HTTP_PORT', '0')";
        String one = any.replace("'0'", "'" + port + "'");
        project.with(agent.early(any));
        MeshDev meshDev = project.startReady("orders");
        project.with(agent.early(one));
        meshDev.awaitReloads("orders", 1);
        project.with(agent.early(any));
        meshDev.awaitReloads("orders", 2);
        meshDev.signal("TERM");
        meshDev.awaitExit();
        project.with(agent.early(one));
        project.startReady("orders");
        List<Integer> ports = journal().ports("orders");
        assertEquals(List.of(port, ports.get(0), port), ports.subList(1, ports.size()));
        assertEquals(0, meshDev.count("came up on"), meshDev::output);
    }

    private static final String ELSE_ANY = """
            try:
                socket.create_server(("127.0.0.1", int(os.environ["MCP_MESH_HTTP_PORT"]))).close()
            except OSError:
                os.environ["MCP_MESH_HTTP_PORT"] = "0\"""";

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    /** Free now, and none that the system would give to somebody who asks for any. */
    private static int unusual() throws IOException {
        try (ServerSocket free = unusualHeld()) {
            return free.getLocalPort();
        }
    }

    private static ServerSocket unusualHeld() {
        while (true) {
            try {
                return open(ThreadLocalRandom.current().nextInt(20_000, 30_000));
            } catch (IOException taken) {
                continue;
            }
        }
    }

    private String agents(int port) {
        return TestProject.RULES + "agents: {orders: {port: " + port + "}}\n";
    }

    @Test
    void aConfiguredPortIsGivenAndKept() throws IOException {
        int port = unusual();
        project.with(project.agent("orders")).write(".meshwatch", agents(port));
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("orders ready on :" + port);
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals(List.of(port, port), journal().ports("orders"));
    }

    @Test
    void anAgentThatComesUpElsewhereIsReportedWithWhoHoldsItsPort() throws IOException {
        try (ServerSocket held = unusualHeld()) {
            project.with(project.agent("orders").early(ELSE_ANY)).write(".meshwatch", agents(held.getLocalPort()));
            MeshDev meshDev = project.launch("start", "agents/").run();
            meshDev.await("not on :" + held.getLocalPort() + ", which is held by");
            meshDev.await(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void anAgentWhosePortIsHeldIsTriedAgainAndStartsWhenItIsFree() throws IOException {
        MeshDev meshDev;
        try (ServerSocket held = open(unusual())) {
            project.with(project.agent("orders")).write(".meshwatch", agents(held.getLocalPort()));
            meshDev = project.launch("start", "agents/").run();
            meshDev.await("Address already in use");
            String failed = meshDev.await("attempt 1 of 3").text();
            assertTrue(failed.contains("port " + held.getLocalPort() + " is held by pid " + ProcessHandle.current().pid()
                    + " ("), failed);
            assertTrue(failed.endsWith("end that process, or give orders another port"), failed);
        }
        meshDev.await("orders ready on :");
    }

    @Test
    void aPortThatTheSystemStillReleasesIsNamedAsThatAndTriedAgain() throws IOException {
        int port = unusual();
        JournalAgent agent = project.agent("orders").early("""
                def plain(address):
                    server = socket.socket()
                    server.bind(address)
                    server.listen()
                    return server
                socket.create_server = plain""");
        project.with(agent).write(".meshwatch", agents(port));
        MeshDev meshDev = project.startReady("orders");
        letTheServerCloseFirst(port);
        project.shell("touch agents/orders.py");
        String failed = meshDev.await("orders failed to start").text();
        assertTrue(failed.contains("nobody listens on port " + port + " any more"), failed);
        journal().awaitStarts("orders", 3);
    }

    /** So that it is the server's end of the connection that lingers in the system. */
    private static void letTheServerCloseFirst(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).endsWith("orders 1"));
        }
    }

    @Test
    void anAgentWhosePortIsInUseButUnknownIsToldHowToNameIt() throws IOException {
        try (ServerSocket held = open(unusual())) {
            project.with(project.agent("orders").early("os.environ['MCP_MESH_HTTP_PORT'] = '" + held.getLocalPort() + "'"));
            MeshDev meshDev = project.launch("start", "agents/").run();
            String failed = meshDev.await("orders failed to start").text();
            assertTrue(failed.contains("tell mesh-dev which, agents: {orders: {port: …}} in .meshwatch"), failed);
        }
    }

    @Test
    void aPortThatIsChangedInTheAgentsCodeTakesEffect() throws IOException {
        JournalAgent agent = project.agent("orders");
        int first = unusual();
        int second = unusual();
        project.with(agent.early("os.environ.setdefault('MCP_MESH_HTTP_PORT', '" + first + "')"));
        MeshDev meshDev = project.startReady("orders");
        project.with(agent.early("os.environ.setdefault('MCP_MESH_HTTP_PORT', '" + second + "')"));
        meshDev.awaitReloads("orders", 1);
        assertEquals(List.of(first, second), journal().ports("orders"));
    }

    @Test
    void anAgentIsReadyWhenItsHealthAddressSaysSo() {
        project.write(".meshwatch", TestProject.RULES + "agents: {orders: {health: /health}}\n");
        project.write("agents/orders.py", project.agent("orders").early("since = time.monotonic()").answering("'well'").source()
                .replace("HTTP/1.0 200 OK", "HTTP/1.0 %d X").replace("% (len(body), body)",
                        "% (200 if time.monotonic() > since + 1.5 else 503, len(body), body)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        journal().awaitReady("orders", 1);
        long listening = System.nanoTime();
        long ready = meshDev.await("| orders ready on :").nanos();
        assertEquals(true, ready - listening > 1_000_000_000L, meshDev::output);
    }
}
