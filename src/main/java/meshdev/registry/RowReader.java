package meshdev.registry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to {@code GET /agents}; what is missing or of another kind counts as not said. */
final class RowReader {
    private RowReader() {
    }

    /** @throws IOException when it is not such an answer */
    static List<RegistryRow> rows(String json) throws IOException {
        try {
            JsonElement agents = JsonParser.parseString(json).getAsJsonObject().get("agents");
            List<RegistryRow> rows = new ArrayList<>();
            if (agents != null && agents.isJsonArray()) { // a registry without agents says null
                agents.getAsJsonArray().forEach(agent -> rows.add(row(agent.getAsJsonObject())));
            }
            return rows;
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("no list of agents: " + e.getMessage(), e);
        }
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
