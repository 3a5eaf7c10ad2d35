package meshdev.mesh;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/** Lets clients call agents through the registry: those that registered, at loopback, and only what is below {@code /mcp}. */
final class Proxy {
    /** At once, so that calls which hang leave threads for heartbeats. */
    private static final int MOST = 64;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LONGEST_SECONDS = 3600;

    private final Api api;
    private final ScheduledExecutorService timer;
    private final Semaphore free = new Semaphore(MOST);
    private Forwarder forwarder;

    Proxy(Api api, ScheduledExecutorService timer) {
        this.api = api;
        this.timer = timer;
    }

    /** Hands the request on and its answer back, or returns why not. @param text what follows {@code /proxy/} */
    Optional<Reply> pass(HttpExchange exchange, String text) throws IOException {
        ProxyTarget target;
        try {
            target = ProxyTarget.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.of(api.error(400, e.getMessage()));
        }
        if (!api.isEndpoint(target.authority())) {
            return Optional.of(api.error(403, "Target host '" + target.authority() + "' is not a registered agent"));
        }
        if (!Gate.isLoopback(target.authority())) {
            return Optional.of(api.error(403, "Target host '" + target.authority() + "' is not on this machine's loopback"));
        }
        if (!free.tryAcquire()) {
            return Optional.of(api.error(503, MOST + " calls are being passed on already"));
        }
        try (Deadline deadline = new Deadline(limit(exchange), timer)) {
            return pass(exchange, target, deadline);
        } finally {
            free.release();
        }
    }

    private Optional<Reply> pass(HttpExchange exchange, ProxyTarget target, Deadline deadline) throws IOException {
        HttpResponse<InputStream> answer;
        try {
            answer = forwarder().send(exchange, target);
        } catch (IOException | InterruptedException e) {
            deadline.close();
            return Optional.of(failed(target, deadline, e));
        }
        forwarder().relay(answer, exchange, deadline);
        return Optional.empty();
    }

    private Reply failed(ProxyTarget target, Deadline deadline, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestTooLong) {
                return api.error(413, cause.getMessage());
            }
        }
        String why = deadline.isPassed() ? "no answer within " + deadline.limit().toSeconds() + " s"
                : e instanceof ConnectException ? "nobody listens there" : e.toString();
        return api.error(502, "Failed to reach target agent: http://" + target.authority() + target.path() + ": " + why);
    }

    /** Loaded when it is needed: few meshes use it, and it brings threads of its own. */
    private synchronized Forwarder forwarder() {
        if (forwarder == null) {
            forwarder = new Forwarder();
        }
        return forwarder;
    }

    /** What the caller grants in seconds, as agents and meshctl say it. */
    private static Duration limit(HttpExchange exchange) {
        String granted = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Mesh-Timeout")).orElse("");
        if (!granted.matches("[1-9]\\d{0,8}")) {
            return LIMIT;
        }
        return Duration.ofSeconds(Math.min(Long.parseLong(granted), LONGEST_SECONDS));
    }
}
