package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is passed on while it is under way; the test is the agent and the client, line by line. */
@Timeout(60)
class ProxyTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n";

    private EmbeddedRegistry registry;
    private ServerSocket agent;

    @BeforeEach
    void open() throws IOException {
        registry = EmbeddedRegistry.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Instant::now);
        agent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        agent.setSoTimeout(PATIENCE_MILLIS);
        String body = "{\"agent_id\":\"agent\",\"http_host\":\"127.0.0.1\",\"http_port\":" + agent.getLocalPort() + "}";
        try (Socket socket = sent("POST /heartbeat HTTP/1.1\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            socket.getInputStream().readAllBytes();
        }
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        registry.close();
    }

    private Socket sent(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        write(socket, request);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void skipTo(BufferedReader lines, String line) throws IOException {
        for (String next = lines.readLine(); !line.equals(next); next = lines.readLine()) {
            assertTrue(next != null, "no line " + line);
        }
    }

    private Socket called(String headers, String body) throws IOException {
        return sent("POST /proxy/127.0.0.1:" + agent.getLocalPort() + "/mcp HTTP/1.1\r\n" + headers + "\r\n\r\n" + body);
    }

    private Socket accepted() throws IOException {
        Socket socket = agent.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @Test
    void everyEventArrivesWhenItIsSent() throws IOException {
        try (Socket client = called("Content-Length: 2\r\nConnection: close", "{}"); Socket server = accepted()) {
            skipTo(lines(server), "0");
            BufferedReader answer = lines(client);
            write(server, CHUNKED);
            for (String event : new String[] {"one", "two"}) {
                write(server, "5\r\n" + event + "\r\n\r\n");
                skipTo(answer, event);
            }
            write(server, "0\r\n\r\n");
            skipTo(answer, "0");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotEndedInOrder() throws IOException {
        try (Socket client = called("Content-Length: 2", "{}")) {
            try (Socket server = accepted()) {
                skipTo(lines(server), "0");
                write(server, CHUNKED + "5\r\nhalf!\r\n");
            }
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("half!") && !answer.endsWith("0\r\n\r\n"), answer);
        }
    }

    @Test
    void aRequestThatBreaksOffIsNotEndedInOrder() throws IOException {
        Socket client = called("Content-Length: 100", "{\"half");
        try (Socket server = accepted()) {
            client.close();
            String request = read(server);
            assertFalse(request.endsWith("0\r\n\r\n"), request);
        }
    }

    private static String read(Socket socket) {
        StringBuilder read = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
                read.append((char) c);
            }
        } catch (IOException e) {
            assertFalse(e.getMessage().contains("timed out"), "the connection is still open");
        }
        return read.toString();
    }

    @Test
    void anAgentThatDoesNotAnswerInTheGrantedTimeIsABadGateway() throws IOException {
        try (Socket client = called("X-Mesh-Timeout: 1\r\nContent-Length: 2\r\nConnection: close", "{}"); Socket server = accepted()) {
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 502 ") && answer.contains("no answer within 1 s"), answer);
            assertTrue(read(server).startsWith("POST /mcp"), "and it is hung up on");
        }
    }

    @Test
    void aStreamOfEventsEndsWithAWordWhenTheGrantedTimeIsOver() throws IOException {
        try (Socket client = called("X-Mesh-Timeout: 1\r\nContent-Length: 2\r\nConnection: close", "{}"); Socket server = accepted()) {
            write(server, CHUNKED + "5\r\nfirst\r\n");
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("first") && answer.contains(": mesh-proxy-timeout budget=1s") && answer.endsWith("0\r\n\r\n"), answer);
        }
    }

    @Test
    void aLargeBodyStreamsThrough() throws IOException {
        int length = 20 << 20;
        try (Socket client = called("Content-Length: " + length + "\r\nConnection: close", ""); Socket server = accepted()) {
            Thread sender = new Thread(() -> send(client, length));
            sender.start();
            BufferedReader request = lines(server);
            skipTo(request, "");
            long arrived = 0;
            for (int chunk = Integer.parseInt(request.readLine(), 16); chunk > 0; chunk = Integer.parseInt(request.readLine(), 16)) {
                for (int i = 0; i < chunk + 2; i++) {
                    request.read();
                }
                arrived += chunk;
            }
            assertEquals(length, arrived);
        }
    }

    private static void send(Socket socket, int length) {
        try {
            for (int sent = 0; sent < length; sent += 1 << 20) {
                socket.getOutputStream().write(new byte[1 << 20]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
