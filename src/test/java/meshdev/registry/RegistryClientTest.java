package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to registries, and to what is none, on loopback. */
@Timeout(30)
class RegistryClientTest {
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = FakeRegistry.open();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private RegistryClient client() {
        return new RegistryClient(registry.address());
    }

    @Test
    void rowsSayWhatTheRegistrySaysOfEachAgent() throws IOException {
        registry.answering("/agents", """
                {"agents":[{"id":"orders-1","name":"orders","agent_type":"mcp_agent","status":"healthy",
                  "endpoint":"http://127.0.0.1:9001","capabilities":[{"name":"x"}],"total_dependencies":3,
                  "dependencies_resolved":2,"last_seen":"2026-11-25T22:00:00Z"},{"id":"bare","status":null}],"count":2}""");
        assertEquals(List.of(
                new RegistryRow("orders-1", "orders", "healthy", "http://127.0.0.1:9001", "2026-11-25T22:00:00Z", 3, 2),
                new RegistryRow("bare", "", "", "", "", 0, 0)), client().rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"agents\":null,\"count\":0}", "{\"agents\":[]}", "{}"})
    void aRegistryWithoutAgentsHasNoRows(String answer) throws IOException {
        registry.answering("/agents", answer);
        assertEquals(List.of(), client().rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"agents\":[3]}", "", "{\"agents\":[", "nonsense {"})
    void whatIsNoListOfAgentsIsAnError(String answer) {
        registry.answering("/agents", answer);
        assertThrows(IOException.class, client()::rows);
    }

    @Test
    void anEndlessListIsRefused() {
        registry.answering("/agents", " ".repeat(9 << 20));
        assertThrows(IOException.class, client()::rows);
    }

    @Test
    void anAgentIsRemovedByItsId() throws IOException {
        registry.status = 204;
        client().remove("orders-1");
        client().remove("a b/c");
        assertEquals(List.of("DELETE /agents/orders-1", "DELETE /agents/a%20b%2Fc"), registry.calls);
    }

    @Test
    void anErrorOfTheRegistryIsAnError() {
        registry.status = 500;
        registry.answering("/agents", "{\"error\":\"x\"}");
        assertThrows(IOException.class, () -> client().remove("x"));
        assertEquals("GET /agents: HTTP 500", assertThrows(IOException.class, client()::rows).getMessage());
        assertFalse(client().isHealthy());
    }

    @Test
    void aHeartbeatThatIsRefusedIsAnErrorAlthoughTheCallSucceeds() throws IOException {
        Place place = new Place("orders-1", "{}");
        registry.answering("/heartbeat", "{\"status\":\"success\"}");
        client().take(place);
        registry.answering("/heartbeat", "{\"status\":\"error\",\"message\":\"bad name\"}");
        assertEquals("POST /heartbeat: bad name", assertThrows(IOException.class, () -> client().take(place)).getMessage());
        registry.answering("/heartbeat", "<html>");
        assertThrows(IOException.class, () -> client().take(place));
    }

    @Test
    void credentialsOfTheUrlAreSent() {
        RegistryAddress address = FakeRegistry.address("http://me:secret@127.0.0.1:" + registry.address().port() + "/");
        assertTrue(new RegistryClient(address).isHealthy());
        assertEquals(List.of("GET /health Basic bWU6c2VjcmV0"), registry.calls);
    }

    @Test
    void noProxyOfThisJavaIsAsked() throws IOException {
        String before = System.getProperty("http.proxyHost", "");
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", Integer.toString(FakeRegistry.freePort()));
        try {
            assertTrue(client().isHealthy());
        } finally {
            System.clearProperty("http.proxyPort");
            System.setProperty("http.proxyHost", before);
        }
    }

    @Test
    void nobodyThereIsAnErrorAtOnce() throws IOException {
        RegistryAddress nobody = FakeRegistry.address("http://localhost:" + FakeRegistry.freePort());
        assertFalse(new RegistryClient(nobody).isHealthy());
        assertThrows(IOException.class, new RegistryClient(nobody)::rows);
        assertEquals(Finding.Kind.NOTHING, new RegistryLook(nobody).atHealth().kind());
        assertEquals(Finding.Kind.NOTHING, new RegistryLook(nobody).atPort().kind());
    }

    @Test
    void anUnknownHostIsNothingThere() {
        RegistryAddress unknown = FakeRegistry.address("http://no-such-host.invalid:1");
        assertEquals(new Finding(Finding.Kind.NOTHING, "its host is unknown"), new RegistryLook(unknown).atHealth());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | {\"service\":\"mcp-mesh-registry\",\"status\":\"healthy\"}   | REGISTRY | answers",
        "503 | {\"service\":\"mcp-mesh-registry\",\"status\":\"unhealthy\"} | REGISTRY | answers",
        "200 | {\"status\":\"healthy\",\"agent\":\"orders\"} | FOREIGN | answers, but not as a registry does",
        "200 | <html>a registry</html> | FOREIGN | answers, but not as a registry does",
        "404 | not found | FOREIGN | answers HTTP 404",
        "401 | ''        | FOREIGN | answers HTTP 401"})
    void whatAnswersAsARegistryIsOne(int status, String body, Finding.Kind kind, String detail) {
        registry.status = status;
        registry.answering("/health", body);
        assertEquals(new Finding(kind, detail), new RegistryLook(registry.address()).atHealth());
        assertEquals(Finding.Kind.REGISTRY, new RegistryLook(registry.address()).atPort().kind());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SSH-2.0-OpenSSH_9.6 | true  | FOREIGN",
        "''                  | true  | FOREIGN",
        "''                  | false | SILENT",
        "'HTTP/1.1 200 OK\nContent-Length: 100\n\n{' | false | SILENT"})
    void whatSpeaksNoHttpOrNotAtAllIsNone(String words, boolean closes, Finding.Kind kind) throws Exception {
        Thread thread;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            thread = new Thread(() -> speak(server, words, closes));
            thread.start();
            RegistryAddress address = FakeRegistry.address("http://127.0.0.1:" + server.getLocalPort());
            assertEquals(kind, new RegistryLook(address).atHealth().kind());
        }
        thread.join();
    }

    private static void speak(ServerSocket server, String words, boolean closes) {
        try {
            while (true) {
                Socket socket = server.accept(); // closed by the end of the test's process
                OutputStream out = socket.getOutputStream();
                out.write((words.isEmpty() ? "" : words + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                if (closes) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            return; // the test is over
        }
    }
}
