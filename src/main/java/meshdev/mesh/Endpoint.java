package meshdev.mesh;

/**
 * Where an agent listens.
 *
 * @param host empty when it did not say
 * @param port 0 when it did not say
 */
record Endpoint(String host, int port) {
    Endpoint {
        port = Math.max(0, port);
    }

    /** What is not said stays as it was. */
    Endpoint over(Endpoint older) {
        return new Endpoint(host.isEmpty() ? older.host : host, port == 0 ? older.port : port);
    }

    boolean isKnown() {
        return !host.isEmpty() && port > 0;
    }

    /** {@code host:port}. */
    String authority() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    /** An agent that listens nowhere has a URL too: one that names it. */
    String url(String agentId) {
        return isKnown() ? "http://" + authority() : "stdio://" + agentId;
    }
}
