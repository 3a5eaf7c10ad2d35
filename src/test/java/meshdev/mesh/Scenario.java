package meshdev.mesh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests to a registry, each {@code METHOD PATH BODY}, and below each the answer of the real one, indented.
 *
 * @param lines those of the file
 */
record Scenario(Path file, List<String> lines) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> OF_THE_MOMENT = Set.of("timestamp", "created_at", "last_seen", "uptime_seconds");
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Scenario of(Path file) {
        try {
            return new Scenario(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario as this registry answers it. @param agentPort is put for {@code {port}} */
    List<String> answeredBy(URI registry, int agentPort) throws IOException, InterruptedException {
        List<String> answered = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#")) {
                answered.add(line);
            } else if (!line.startsWith(" ")) {
                answered.add(line);
                answered.add(" " + answer(registry, line.replace("{port}", "" + agentPort)).replace("" + agentPort, "{port}"));
            }
        }
        return answered;
    }

    private static String answer(URI registry, String line) throws IOException, InterruptedException {
        String[] parts = line.split(" ", 3);
        boolean hasBody = parts.length > 2;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry + parts[1])).timeout(PATIENCE)
                .method(parts[0], hasBody ? BodyPublishers.ofString(parts[2]) : BodyPublishers.noBody());
        if (hasBody) {
            request.header("Content-Type", "application/json").header("Accept", "application/json, text/event-stream")
                    .header("X-Trace-ID", "trace").header("X-Mesh-Timeout", "20").header("X-Other", "other");
        }
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        String type = response.headers().firstValue("Content-Type").orElse("-");
        return response.statusCode() + " " + type + " " + comparable(response.body()).replace("\n", "\\n");
    }

    private static String comparable(String body) {
        try {
            return body.isEmpty() ? "" : comparable(JsonParser.parseString(body)).toString();
        } catch (JsonSyntaxException e) {
            return body;
        }
    }

    /** In one order, without what is another each time, and without Go's words. */
    private static JsonElement comparable(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray all = new JsonArray();
            array.forEach(one -> all.add(comparable(one)));
            return all;
        }
        if (!(element instanceof JsonObject object)) {
            return element;
        }
        JsonObject ordered = new JsonObject();
        for (String name : new TreeSet<>(object.keySet())) {
            JsonElement value = object.get(name);
            boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            ordered.add(name, OF_THE_MOMENT.contains(name) ? new JsonPrimitive("…")
                    : isText ? new JsonPrimitive(comparableText(value.getAsString())) : comparable(value));
        }
        return ordered;
    }

    private static String comparableText(String text) {
        for (String begin : List.of("Invalid JSON payload", "Failed to reach target agent")) {
            if (text.startsWith(begin)) {
                return begin + "…";
            }
        }
        boolean isRefusal = text.contains("invalid enum value") || text.contains(": invalid value ");
        return isRefusal ? "…" : text;
    }
}
