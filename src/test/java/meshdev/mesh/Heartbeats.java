package meshdev.mesh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes heartbeats as agents do. */
final class Heartbeats {
    private Heartbeats() {
    }

    /** @param json with single quotes for double ones */
    static Heartbeat read(String json) {
        try {
            return HeartbeatReader.read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves the capability at port 9000 by {@code get}. */
    static Heartbeat provider(String id, String capability) {
        return provider(id, capability, "'version':'1.0.0'");
    }

    /** @param more of the tool's members */
    static Heartbeat provider(String id, String capability, String more) {
        return read("{'agent_id':'" + id + "','http_host':'127.0.0.1','http_port':9000,'tools':[{'function_name':'get','capability':'"
                + capability + "'," + more + "}]}");
    }

    /** Asks for them in its function {@code ask}. @param dependencies each an object */
    static Heartbeat consumer(String id, String... dependencies) {
        return read("{'agent_id':'" + id + "','tools':[{'function_name':'ask','capability':'asking','dependencies':["
                + String.join(",", dependencies) + "]}]}");
    }
}
