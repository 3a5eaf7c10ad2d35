package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EmbeddedRegistryTest {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int PORTS = 5;

    private volatile Instant now = Instant.EPOCH;
    private EmbeddedRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = EmbeddedRegistry.open(FREE, () -> now);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** The whole answer to a request that is sent as it stands. */
    private String answer(String request) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ask(String request, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(request + " HTTP/1.1", "Connection: close"));
        lines.addAll(List.of(headers));
        return answer(String.join("\r\n", lines) + "\r\n\r\n");
    }

    private String post(String path, String body) throws IOException {
        return answer("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    private void register(String id, int port) throws IOException {
        assertStatus(200, post("/heartbeat", "{\"agent_id\":\"" + id + "\",\"http_host\":\"127.0.0.1\",\"http_port\":" + port + "}"));
    }

    @Test
    void aSecondOneAtThePortIsToldThatItIsTaken() {
        BindException refused = assertThrows(BindException.class, () -> EmbeddedRegistry.open(registry.address(), () -> now));
        assertTrue(refused.getMessage().contains(":" + registry.address().getPort() + ": Address already in use"), refused.getMessage());
    }

    @Test
    void thePortIsFreeAgainWhenItIsClosed() throws IOException {
        boolean free = false;
        for (int i = 0; i < PORTS && !free; i++) { // the system may give one to another test at once
            ask("GET /health", "Host: localhost");
            registry.close();
            free = isFree(registry.address());
            open();
        }
        assertTrue(free);
    }

    private boolean isFree(InetSocketAddress address) throws IOException {
        try (EmbeddedRegistry again = EmbeddedRegistry.open(address, () -> now)) {
            return again.address().equals(address);
        } catch (BindException taken) {
            return false;
        }
    }

    @Test
    void onlyLoopbackIsListenedAt() {
        assertThrows(IllegalArgumentException.class, () -> EmbeddedRegistry.open(new InetSocketAddress(0), () -> now));
        assertThrows(IllegalArgumentException.class, () -> EmbeddedRegistry.open(new InetSocketAddress("192.0.2.1", 0), () -> now));
    }

    @Test
    void allItsThreadsAreDaemons() throws IOException {
        ask("GET /health", "Host: localhost");
        List<String> others = Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon())
                .map(Thread::getName).filter(name -> name.startsWith("registry") || name.startsWith("HTTP-Dispatcher")).toList();
        assertEquals(List.of(), others);
    }

    @Test
    void timesAreDatesWhateverTheClockShows() throws IOException {
        register("agent", 9);
        now = now.plusSeconds(2);
        String agents = ask("GET /agents", "Host: localhost");
        String seen = agents.replaceAll("(?s).*\"last_seen\":\"([^\"]*)\".*", "$1");
        String told = agents.replaceAll("(?s).*\"timestamp\":\"([^\"]*)\".*", "$1");
        assertEquals(2, Duration.between(Instant.parse(seen), Instant.parse(told)).toSeconds());
        assertTrue(Duration.between(Instant.parse(seen), Instant.now()).abs().toSeconds() < 60, seen);
        assertTrue(ask("GET /agents", "Host: localhost").contains(seen), "what has not changed reads the same");
    }

    @ParameterizedTest
    @CsvSource({"localhost:8000,200", "LOCALHOST,200", "127.0.0.1:8000,200", "127.1.2.3,200", "[::1]:8000,200", "mesh.localhost,200",
        "evil.example,403", "evil.example:8000,403", "127.0.0.1.evil.example,403", "localhost.evil.example,403", "192.168.0.1,403"})
    void onlyLoopbackNamesAreAnsweredTo(String host, int status) throws IOException {
        assertStatus(status, ask("GET /agents", "Host: " + host));
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:3000,200", "http://127.0.0.1,200", "https://evil.example,403", "null,403", "file://,403"})
    void pagesOfOthersAreNotAnswered(String origin, int status) throws IOException {
        assertStatus(status, ask("GET /agents", "Host: localhost", "Origin: " + origin));
    }

    @Test
    void aBodyHasALimitWhetherItsLengthIsToldOrNot() throws IOException {
        String tooLong = "{\"agent_id\":\"a\",\"pad\":\"" + "x".repeat((int) RegistryHandler.MOST_BYTES) + "\"}";
        assertStatus(413, post("/heartbeat", tooLong));
        assertStatus(413, answer("POST /heartbeat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(tooLong.length()) + "\r\n" + tooLong + "\r\n0\r\n\r\n"));
        assertStatus(200, post("/heartbeat", tooLong.replace("x".repeat(1 << 20), "")));
    }

    @Test
    void slowClientsKeepNobodyOutAndAreCutOff() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = connected();
                slow.add(socket);
                String begun = i % 2 == 0 ? "GET /hea" : "POST /heartbeat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{";
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
            }
            assertStatus(200, ask("GET /health", "Host: localhost"));
            for (Socket socket : slow) {
                assertEquals(-1, end(socket));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static int end(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return e.getMessage().contains("timed out") ? 0 : -1; // a reset is an end too
        }
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws IOException {
        try (Socket socket = connected()) {
            String one = "HEAD /heartbeat/nobody HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String last = "GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((one + one + last).getBytes(StandardCharsets.UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(4, answers.split("HTTP/1.1 (410|404) ").length, answers);
        }
    }

    @Test
    void callsArePassedOnOnlyToLoopback() throws IOException {
        post("/heartbeat", "{\"agent_id\":\"far\",\"http_host\":\"192.0.2.1\",\"http_port\":80}");
        assertStatus(403, post("/proxy/192.0.2.1:80/mcp", "{}"));
        register("near", 9);
        assertStatus(400, post("/proxy/127.0.0.1:9/mcp/../admin", "{}"));
    }

    @Test
    void anAgentThatIsNotThereIsABadGateway() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        register("gone", port);
        String answer = post("/proxy/127.0.0.1:" + port + "/mcp", "{}");
        assertStatus(502, answer);
        assertTrue(answer.contains("Failed to reach target agent: http://127.0.0.1:" + port + "/mcp: nobody listens there"), answer);
    }
}
