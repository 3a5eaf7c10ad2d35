package meshdev.mesh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/** HTTP: which method and path asks for what, and how much a client may send and how long it may take. */
final class RegistryHandler implements HttpHandler {
    /** A heartbeat of 400 tools with all their schemas. */
    static final long MOST_BYTES = 4L << 20;
    private static final String HEARTBEAT = "/heartbeat/";
    private static final String AGENT = "/agents/";
    private static final String PROXY = "/proxy/";
    /** Longer bodies are read by few at once, since what is read is kept. */
    private static final long SMALL = 128 << 10;
    private static final int MOST_LARGE = 4;
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

    private final Api api;
    private final Proxy proxy;
    private final ScheduledExecutorService timer;
    private final Semaphore large = new Semaphore(MOST_LARGE);

    RegistryHandler(Api api, ScheduledExecutorService timer) {
        this.api = api;
        this.proxy = new Proxy(api, timer);
        this.timer = timer;
    }

    /**
     * An exchange that is closed ends in order, and one that fails with the connection: else half an answer would be taken
     * for the whole.
     */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<String> refusal = Gate.refusal(exchange.getRequestHeaders());
        Optional<Reply> reply = refusal.isPresent() ? refusal.map(why -> api.error(403, why)) : reply(exchange);
        if (reply.isPresent()) {
            send(exchange, reply.get());
        }
        exchange.close();
    }

    /** Nothing when it is answered already. */
    private Optional<Reply> reply(HttpExchange exchange) throws IOException {
        String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
        String method = exchange.getRequestMethod();
        if (path.startsWith(PROXY) && (method.equals("POST") || method.equals("GET"))) {
            return proxy.pass(exchange, path.substring(PROXY.length()));
        }
        return Optional.of(switch (method + " " + path) {
            case "GET /health" -> api.health();
            case "HEAD /health" -> api.headHealth();
            case "GET /" -> api.root();
            case "GET /agents" -> api.agents(query(exchange));
            case "POST /heartbeat" -> heartbeat(exchange);
            default -> ofOne(method, path);
        });
    }

    private Reply ofOne(String method, String path) {
        if (method.equals("HEAD") && names(path, HEARTBEAT)) {
            return api.beat(path.substring(HEARTBEAT.length()));
        }
        if (method.equals("DELETE") && names(path, AGENT)) {
            return api.leave(path.substring(AGENT.length()));
        }
        return Reply.notFound();
    }

    private static boolean names(String path, String prefix) {
        return path.startsWith(prefix) && path.length() > prefix.length() && path.indexOf('/', prefix.length()) < 0;
    }

    private Reply heartbeat(HttpExchange exchange) throws IOException {
        String length = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length")).orElse("");
        boolean isSmall = length.matches("\\d{1,9}") && Long.parseLong(length) <= SMALL;
        if (!isSmall && !large.tryAcquire()) {
            return api.error(503, "Too many long requests at once");
        }
        try (InputStream body = new Counted(exchange.getRequestBody(), MOST_BYTES)) {
            return api.heartbeat(body);
        } catch (RequestTooLong e) {
            exchange.getResponseHeaders().set("Connection", "close"); // the rest is not read
            return api.error(413, e.getMessage());
        } finally {
            if (!isSmall) {
                large.release();
            }
        }
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        int length = exchange.getRequestMethod().equals("HEAD") ? 0 : reply.body().length;
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        if (length == 0) {
            return;
        }
        Deadline deadline = new Deadline(WRITE_LIMIT, timer);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(reply.body());
        } finally {
            deadline.close();
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        for (String part : text.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return query;
    }
}
