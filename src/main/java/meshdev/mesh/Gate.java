package meshdev.mesh;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import meshdev.config.Loopback;

/**
 * Keeps browsers' pages out. A page may reach loopback by a name of its own that leads there (DNS rebinding), send a form to it, or
 * name it as the place of an image; the browser then tells the page's host, its origin, or that it is from elsewhere.
 */
final class Gate {
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
        String site = request.getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("none") && !site.equals("same-origin")) {
            return Optional.of("This registry does not answer pages of other sites");
        }
        return Optional.empty();
    }

    /** @param authority a host, perhaps with a port */
    static boolean isLoopback(String authority) {
        String host = PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
        boolean address = host.startsWith("[") && host.endsWith("]");
        return Loopback.isHost(address ? host.substring(1, host.length() - 1) : host);
    }
}
