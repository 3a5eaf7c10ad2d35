package meshdev.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import meshdev.config.DotEnv;
import meshdev.config.Flags;
import meshdev.config.RegistryVariables;

/** An HTTP server inside the test that answers what it is told to. */
final class FakeRegistry implements AutoCloseable {
    static final String HEALTHY = "{\"service\":\"mcp-mesh-registry\",\"status\":\"healthy\"}";

    private final HttpServer server;
    private final Map<String, String> bodies = new ConcurrentHashMap<>(Map.of("/health", HEALTHY));
    /** Method, path and credentials of each call. */
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    FakeRegistry(InetSocketAddress at) throws IOException {
        server = HttpServer.create(at, 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static FakeRegistry open() throws IOException {
        return new FakeRegistry(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String credentials = exchange.getRequestHeaders().getFirst("Authorization");
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + (credentials == null ? "" : " " + credentials));
        byte[] body = bodies.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    FakeRegistry answering(String path, String body) {
        bodies.put(path, body);
        return this;
    }

    RegistryAddress address() {
        return address("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static RegistryAddress address(String url) {
        return RegistryAddress.of(RegistryVariables.capture(Flags.NONE, Map.of(RegistryVariables.URL, url), DotEnv.EMPTY));
    }

    /** A port that nobody listens on at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
