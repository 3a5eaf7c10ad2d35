package meshdev.mesh;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client is answered.
 *
 * @param headers beside those of the connection
 * @param body    left out where the request was a HEAD
 */
record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final String TYPE = "Content-Type";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonObject document) {
        return new Reply(status, Map.of(TYPE, "application/json; charset=utf-8"),
                GSON.toJson(document).getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    static Reply notFound() {
        return new Reply(404, Map.of(TYPE, "text/plain"), "404 page not found".getBytes(StandardCharsets.UTF_8));
    }
}
