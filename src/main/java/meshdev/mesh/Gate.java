package meshdev.mesh;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps browsers' pages out. A page may reach loopback by a name of its own that leads there (DNS rebinding), or send a form
 * to it; the browser then tells the page's host or origin.
 */
final class Gate {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Pattern SCHEME = Pattern.compile("^https?://");

    private Gate() {
    }

    /** Why a request is refused. */
    static Optional<String> refusal(Headers request) {
        String host = request.getFirst("Host");
        if (host != null && !isLoopback(host)) {
            return Optional.of("This registry answers to loopback names only, not to '" + host + "'");
        }
        String origin = request.getFirst("Origin");
        if (origin != null && !isLoopback(SCHEME.matcher(origin).replaceFirst(""))) {
            return Optional.of("This registry does not answer pages of '" + origin + "'");
        }
        return Optional.empty();
    }

    /** @param authority a host, perhaps with a port */
    static boolean isLoopback(String authority) {
        return LOOPBACK.matcher(PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT)).matches();
    }
}
