package meshdev.config;

import java.util.Locale;
import java.util.Optional;

/**
 * An absolute http or https URL, taken apart by hand: {@code java.net.URI} refuses the host names with underscores that
 * container networks use.
 *
 * @param text as written, possibly with a user and password; show {@link #masked()} only
 * @param host without the brackets of an IPv6 address
 * @param port the default one of the scheme when none is written
 */
record HttpUrl(String text, String host, int port) {
    private static final String HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
    private static final String ADDRESS_CHARACTERS = "abcdef0123456789:.%";

    static Optional<HttpUrl> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int scheme = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
        if (scheme == 0 || !isPrintable(text)) {
            return Optional.empty();
        }
        String authority = lower.substring(scheme, authorityEnd(text, scheme));
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int bracket = place.lastIndexOf(']');
        int colon = place.indexOf(':', bracket + 1);
        String host = colon < 0 ? place : place.substring(0, colon);
        int port = colon < 0 ? (scheme == 7 ? 80 : 443) : port(place.substring(colon + 1));
        boolean fine = port > 0 && isHost(host);
        return fine ? Optional.of(new HttpUrl(text, withoutBrackets(host), port)) : Optional.empty();
    }

    /** The URL of a host and port. */
    static HttpUrl of(String host, int port) {
        String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new HttpUrl("http://" + written + ":" + port, host, port);
    }

    /** Without user, password and query. */
    String masked() {
        return masked(text);
    }

    /** Any text, right or wrong, with what may be a user, a password or a token replaced. */
    static String masked(String text) {
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        int start = scheme < 0 || scheme > at ? 0 : scheme + 3;
        String shown = at < 0 ? text : text.substring(0, start) + "***" + text.substring(at);
        int query = shown.indexOf('?');
        return query < 0 ? shown : shown.substring(0, query) + "?***";
    }

    /** A number from 1 to 65535, or -1. */
    static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length() && port >= 0; i++) {
            char c = text.charAt(i);
            port = c < '0' || c > '9' || i > 4 ? -1 : port * 10 + c - '0';
        }
        return port > 0 && port <= 65_535 ? port : -1;
    }

    static boolean isHost(String text) {
        boolean address = text.startsWith("[") && text.endsWith("]");
        String bare = address ? withoutBrackets(text) : text;
        return consistsOf(bare.toLowerCase(Locale.ROOT), address ? ADDRESS_CHARACTERS : HOST_CHARACTERS);
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Visible ASCII only, as a URL has to be. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static int authorityEnd(String text, int start) {
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean consistsOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return masked();
    }
}
