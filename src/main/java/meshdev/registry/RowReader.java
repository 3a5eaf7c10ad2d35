package meshdev.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the answer to {@code GET /agents}; what is missing or of another kind counts as not said. */
final class RowReader {
    private RowReader() {
    }

    /** @throws IOException when it is not such an answer */
    static List<RegistryRow> rows(String json) throws IOException {
        return agents(json).stream().map(RowReader::row).toList();
    }

    private static List<JsonObject> agents(String json) throws IOException {
        try {
            JsonElement agents = JsonParser.parseString(json).getAsJsonObject().get("agents");
            List<JsonObject> list = new ArrayList<>();
            if (agents != null && agents.isJsonArray()) { // a registry without agents says null
                agents.getAsJsonArray().forEach(agent -> list.add(agent.getAsJsonObject()));
            }
            return list;
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("no list of agents: " + e.getMessage(), e);
        }
    }

    /**
     * The place of a healthy agent; empty when it has none, or when others serve all that it serves: then its consumers are
     * better off with them.
     *
     * @throws IOException when it is not such an answer
     */
    static Optional<Place> place(String json, String id) throws IOException {
        Set<String> elsewhere = new HashSet<>();
        Optional<JsonObject> own = Optional.empty();
        for (JsonObject agent : agents(json)) {
            if (text(agent, "id").equals(id) && text(agent, "status").equals("healthy")) {
                own = Optional.of(agent);
            } else if (text(agent, "status").equals("healthy")) {
                capabilities(agent).forEach(one -> elsewhere.add(text(one, "name")));
            }
        }
        return own.filter(agent -> capabilities(agent).stream().anyMatch(one -> !elsewhere.contains(text(one, "name"))))
                .map(agent -> new Place(id, heartbeat(agent)));
    }

    /**
     * A registry refuses a heartbeat with success and {@code status} error.
     *
     * @throws IOException when it did, or said nothing of the kind
     */
    static void checkAccepted(String json) throws IOException {
        try {
            JsonObject said = JsonParser.parseString(json).getAsJsonObject();
            if (text(said, "status").equals("error")) {
                throw new IOException("POST /heartbeat: " + text(said, "message"));
            }
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("no answer to a heartbeat: " + e.getMessage(), e);
        }
    }

    private static String heartbeat(JsonObject agent) {
        JsonObject heartbeat = new JsonObject();
        heartbeat.addProperty("agent_id", text(agent, "id"));
        for (String key : List.of("name", "agent_type", "runtime")) {
            heartbeat.add(key, agent.get(key));
        }
        RegistryRow row = row(agent);
        heartbeat.addProperty("http_host", row.host());
        row.port().ifPresent(port -> heartbeat.addProperty("http_port", port));
        JsonArray tools = new JsonArray();
        for (JsonObject capability : capabilities(agent)) {
            JsonObject tool = new JsonObject();
            tool.add("capability", capability.get("name"));
            for (String key : List.of("function_name", "version", "tags", "description")) {
                tool.add(key, capability.get(key));
            }
            tools.add(tool);
        }
        heartbeat.add("tools", tools);
        return heartbeat.toString();
    }

    private static List<JsonObject> capabilities(JsonObject agent) {
        JsonElement list = agent.get("capabilities");
        return list != null && list.isJsonArray() ? list.getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject)
                .sorted(Comparator.comparing(one -> text(one, "function_name") + " " + text(one, "name"))).toList() : List.of();
    }

    private static RegistryRow row(JsonObject agent) {
        return new RegistryRow(text(agent, "id"), text(agent, "name"), text(agent, "status"), text(agent, "endpoint"),
                text(agent, "last_seen"), number(agent, "total_dependencies"), number(agent, "dependencies_resolved"));
    }

    private static String text(JsonObject agent, String key) {
        JsonElement value = agent.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static int number(JsonObject agent, String key) {
        JsonElement value = agent.get(key);
        boolean number = value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
        return number ? (int) value.getAsDouble() : 0;
    }
}
