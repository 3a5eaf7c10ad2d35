package meshdev.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One HTTP call to a registry, limited in time and size: {@link #CONNECT} to connect, {@link #SILENCE} between two pieces of
 * the answer, {@link #BODY} for its body. Never through a proxy, never redirected.
 */
final class BoundedCall {
    static final Duration CONNECT = Duration.ofSeconds(1);
    static final Duration SILENCE = Duration.ofSeconds(2);
    static final Duration BODY = Duration.ofSeconds(5);

    private final RegistryAddress address;
    private final int longestBody;

    /**
     * What came back, whatever the status.
     *
     * @param status -1 when it was no HTTP
     */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** @param longestBody in bytes; a longer one is refused */
    BoundedCall(RegistryAddress address, int longestBody) {
        this.address = address;
        this.longestBody = longestBody;
    }

    /**
     * Calls at each address until one accepts the connection.
     *
     * @param path begins with a slash
     * @throws ConnectException       when nobody listens
     * @throws SocketTimeoutException when somebody does, or may, but did not answer in time
     * @throws IOException            when the answer is too long or no HTTP
     */
    Answer send(String method, String path) throws IOException {
        return send(method, path, "");
    }

    /** The same with a body of JSON, unless that is empty. */
    Answer send(String method, String path, String json) throws IOException {
        ConnectException refused = new ConnectException();
        for (String base : address.bases()) {
            try {
                return call(method, base + path, json);
            } catch (ConnectException e) {
                refused.addSuppressed(e);
            }
        }
        throw refused;
    }

    private Answer call(String method, String url, String json) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        address.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
        boolean says = !json.isEmpty();
        connection.setDoOutput(says);
        if (says) {
            connection.setRequestProperty("Content-Type", "application/json");
        }
        connect(connection);
        try {
            if (says) {
                connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            return new Answer(status, body(connection, status));
        } finally {
            connection.disconnect();
        }
    }

    /** Systems refuse in many words: there may be no such address, or no such family of addresses. */
    private static void connect(HttpURLConnection connection) throws IOException {
        try {
            connection.connect();
        } catch (SocketException e) {
            ConnectException refused = new ConnectException(e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private String body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : read(in);
        }
    }

    private String read(InputStream in) throws IOException {
        long end = System.nanoTime() + BODY.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[8 << 10];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            body.write(chunk, 0, length);
            if (body.size() > longestBody) {
                throw new IOException("an answer longer than " + longestBody + " bytes");
            }
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException("an answer slower than " + BODY.toSeconds() + " s");
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
