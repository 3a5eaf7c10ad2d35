package meshdev.mesh;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Hands a request on to an agent and its answer back, each as it streams in. As with the real registry, only some headers go
 * to the agent, and a body goes without its length.
 */
final class Forwarder {
    private static final List<String> PASSED_ON = List.of("Content-Type", "Accept", "X-Mesh-Timeout", "X-Mesh-Job-Id",
            "X-Mesh-Claim-Epoch", "X-Mesh-Calling-Job-Id", "X-Mesh-Calling-Claim-Epoch", "X-Trace-ID", "X-Parent-Span");
    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "keep-alive", "transfer-encoding", "content-length",
            "date", "upgrade", "trailer", "proxy-authenticate", "te");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int BUFFER = 8192;
    /** It streams through, so this is no question of memory. */
    private static final long MOST_BYTES = 64L << 20;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT).followRedirects(HttpClient.Redirect.NEVER).build();

    /** Returns when the agent begins to answer. @throws IOException when it cannot be reached, or the client stops sending */
    HttpResponse<InputStream> send(HttpExchange exchange, ProxyTarget target) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        InputStream body = new ForwardedBody(exchange.getRequestBody(), MOST_BYTES);
        HttpRequest.Builder request = HttpRequest.newBuilder(target.uri())
                .method(method, method.equals("POST") ? BodyPublishers.ofInputStream(() -> body) : BodyPublishers.noBody());
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    /**
     * Passes an answer on as it arrives; a stream of events that takes too long ends with a comment that says so.
     *
     * @throws IOException when the client has only a part of it, and must not take that for the whole
     */
    void relay(HttpResponse<InputStream> answer, HttpExchange exchange, Deadline deadline) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
            }
        });
        boolean isKnown = answer.headers().firstValue("Content-Length").isPresent();
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
        try (InputStream in = answer.body()) {
            deadline.willClose(in);
            exchange.sendResponseHeaders(answer.statusCode(), isKnown && length == 0 ? -1 : length);
            copy(in, exchange.getResponseBody(), isKnown);
        } catch (IOException e) {
            if (!deadline.isPassed()) {
                throw e;
            }
        }
        deadline.close();
        if (deadline.isPassed()) {
            cutOff(answer, exchange, deadline.limit());
        }
    }

    private static void cutOff(HttpResponse<InputStream> answer, HttpExchange exchange, Duration limit) throws IOException {
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
            throw new IOException("the answer took longer than " + limit.toSeconds() + " s");
        }
        exchange.getResponseBody().write(("\n: mesh-proxy-timeout budget=" + limit.toSeconds() + "s\n\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void copy(InputStream in, OutputStream out, boolean isKnown) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            if (!isKnown) {
                out.flush();
            }
        }
    }
}
