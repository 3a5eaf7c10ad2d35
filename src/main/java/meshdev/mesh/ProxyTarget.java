package meshdev.mesh;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a proxied request is to go.
 *
 * @param authority {@code host:port}
 * @param path      below {@code /mcp}
 */
record ProxyTarget(String authority, String path) {
    /**
     * @param text decoded, what follows {@code /proxy/}
     * @throws IllegalArgumentException when nothing may be sent there
     */
    static ProxyTarget of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("Invalid target format: missing path. Expected format: {host}:{port}/mcp/{path}");
        }
        String path = text.substring(slash);
        boolean isBelow = path.equals("/mcp") || path.startsWith("/mcp/");
        if (!isBelow || path.contains("/../") || path.endsWith("/..")) {
            throw new IllegalArgumentException("Only /mcp/* paths are allowed for proxying");
        }
        return new ProxyTarget(text.substring(0, slash), path);
    }

    URI uri() {
        try {
            return new URI("http", authority, path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Invalid target '" + authority + path + "'", e);
        }
    }
}
