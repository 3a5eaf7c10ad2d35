package meshdev.mesh;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of a heartbeat as it streams in; what the registry has no use for, such as schemas, is not kept. */
final class HeartbeatReader {
    private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT)
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .registerTypeAdapter(String.class, new StrictString()).registerTypeAdapter(Integer.class, new StrictInteger()).create();

    private static final int LONGEST_PLACE = 100;

    private HeartbeatReader() {
    }

    /**
     * What is behind the JSON does not matter.
     *
     * @throws IllegalArgumentException when it is no JSON, not of this form, or names no agent
     * @throws IOException              when it cannot be read to its end
     */
    static Heartbeat read(InputStream body) throws IOException {
        Counted counted = new Counted(body);
        JsonReader reader = GSON.newJsonReader(new InputStreamReader(counted, StandardCharsets.UTF_8));
        try {
            reader.peek(); // Gson takes nothing at all for a null
            Sent sent = GSON.fromJson(reader, Sent.class);
            if (sent == null || text(sent.agentId).isEmpty()) {
                throw new IllegalArgumentException("agent_id is required");
            }
            return sent.heartbeat(counted.count());
        } catch (JsonParseException | EOFException | MalformedJsonException e) {
            if (e.getCause() instanceof RequestTooLong tooLong) {
                throw tooLong;
            }
            throw new IllegalArgumentException("Invalid JSON payload at " + place(reader), e);
        }
    }

    private static String place(JsonReader reader) {
        String path = reader.getPath();
        return path.length() <= LONGEST_PLACE ? path : path.substring(0, LONGEST_PLACE) + "…";
    }

    private static String text(String sent) {
        return sent == null ? "" : sent;
    }

    private static <T> List<T> list(List<T> sent) {
        return sent == null ? List.of() : sent.stream().filter(one -> one != null).toList();
    }

    /** As it is sent; what is left out is null, here only. */
    private record Sent(String agentId, String name, String namespace, String agentType, String runtime, String version,
            String httpHost, Integer httpPort, List<SentTool> tools) {
        Heartbeat heartbeat(long bytes) {
            Map<Trait, String> traits = new EnumMap<>(Trait.class);
            traits.put(Trait.NAME, name);
            traits.put(Trait.NAMESPACE, namespace);
            traits.put(Trait.AGENT_TYPE, agentType);
            traits.put(Trait.RUNTIME, runtime);
            traits.put(Trait.VERSION, version);
            traits.values().removeIf(value -> value == null);
            return new Heartbeat(agentId, traits, new Endpoint(text(httpHost), httpPort == null ? 0 : httpPort),
                    list(tools).stream().map(SentTool::tool).toList(), bytes);
        }
    }

    private record SentTool(String functionName, String capability, String version, String description, List<String> tags,
            JsonElement kwargs, List<SentDependency> dependencies) {
        private static final String UNVERSIONED = "1.0.0";

        Tool tool() {
            JsonObject options = kwargs instanceof JsonObject object ? object : new JsonObject();
            return new Tool(text(functionName), text(capability), Version.of(text(version).isEmpty() ? UNVERSIONED : version),
                    text(description), list(tags), options, list(dependencies).stream().map(SentDependency::dependency).toList());
        }
    }

    private record SentDependency(String capability, String version, List<JsonElement> tags, Boolean required) {
        Dependency dependency() {
            List<String> rules = new ArrayList<>();
            List<List<String>> anyOf = new ArrayList<>();
            for (JsonElement tag : list(tags)) {
                if (isText(tag)) {
                    rules.add(tag.getAsString());
                } else if (tag instanceof JsonArray group && group.asList().stream().allMatch(SentDependency::isText)) {
                    anyOf.add(group.asList().stream().map(JsonElement::getAsString).toList());
                }
            }
            return new Dependency(text(capability), new TagRules(rules, anyOf), VersionRange.of(text(version)),
                    Boolean.TRUE.equals(required));
        }

        private static boolean isText(JsonElement tag) {
            return tag.isJsonPrimitive() && tag.getAsJsonPrimitive().isString();
        }
    }
}
