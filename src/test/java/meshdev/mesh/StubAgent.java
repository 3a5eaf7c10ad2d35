package meshdev.mesh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers with what it was asked. */
final class StubAgent implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    StubAgent() throws IOException {
        ServerLimits.set(); // this may be the first server of the JVM
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", StubAgent::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        exchange.getResponseHeaders().set("Content-Type", path.endsWith("events") ? "text/event-stream" : "text/plain");
        if (path.endsWith("nothing")) {
            exchange.sendResponseHeaders(202, -1);
        } else if (path.endsWith("events")) {
            exchange.sendResponseHeaders(200, 0);
            events(exchange);
        } else {
            List<String> told = new ArrayList<>(List.of(exchange.getRequestMethod(), path));
            for (String name : List.of("Accept", "Transfer-Encoding", "X-Trace-ID", "X-Mesh-Timeout", "X-Other")) {
                told.add(name + "=" + exchange.getRequestHeaders().getFirst(name));
            }
            byte[] bytes = (String.join(" ", told) + " " + body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.endsWith("teapot") ? 418 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static void events(HttpExchange exchange) throws IOException {
        for (int i = 0; i < 3; i++) {
            exchange.getResponseBody().write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
