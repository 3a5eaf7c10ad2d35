package meshdev.mesh;

/** What the JDK's HTTP server takes on. It reads these system properties once, when the first server of the JVM is made. */
final class ServerLimits {
    /** More than a browser opens, and than agents have. */
    static final int MOST_CONNECTIONS = 1000;
    /** For a request to arrive with its body. */
    private static final int REQUEST_SECONDS = 5;

    private ServerLimits() {
    }

    static void set() {
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(MOST_CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS));
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }
}
