package meshdev.registry;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Calls any registry, each call limited: 1 s to connect, 2 s without a word, 5 s and 8 MiB for the answer. Never through a
 * proxy. Thread-safe; blocks the caller.
 */
public final class RegistryClient implements Registrations.Rows {
    private static final int LONGEST_BODY = 8 << 20;

    private final BoundedCall call;

    public RegistryClient(RegistryAddress address) {
        this.call = new BoundedCall(address, LONGEST_BODY);
    }

    /** Whether a registry answers there that calls itself healthy. */
    public boolean isHealthy() {
        try {
            BoundedCall.Answer answer = call.send("GET", "/health");
            return answer.isSuccess() && RegistryLook.isRegistry(answer.body());
        } catch (IOException e) {
            return false;
        }
    }

    /** All agents it knows, healthy or not. */
    @Override
    public List<RegistryRow> rows() throws IOException {
        return RowReader.rows(successful("GET", "/agents"));
    }

    @Override
    public Optional<Place> place(String id) throws IOException {
        return RowReader.place(successful("GET", "/agents"), id);
    }

    @Override
    public void take(Place place) throws IOException {
        BoundedCall.Answer answer = call.send("POST", "/heartbeat", place.heartbeat());
        if (!answer.isSuccess()) {
            throw new IOException("POST /heartbeat: HTTP " + answer.status());
        }
        RowReader.checkAccepted(answer.body());
    }

    /** Marks an agent as gone, so that its consumers are told; one it does not know is no error. */
    @Override
    public void remove(String id) throws IOException {
        successful("DELETE", "/agents/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private String successful(String method, String path) throws IOException {
        BoundedCall.Answer answer = call.send(method, path);
        if (!answer.isSuccess()) {
            throw new IOException(method + " " + path + ": HTTP " + answer.status());
        }
        return answer.body();
    }
}
