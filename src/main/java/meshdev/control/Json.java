package meshdev.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;

/** Maps, lists, strings, numbers and booleans as JSON (RFC 8259), and back. */
public final class Json {
    /** More than anything of ours has; a client may not exhaust the stack. */
    private static final int DEEPEST = 32;
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().setStrictness(Strictness.STRICT)
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();
    private static final Gson PRETTY = LINE.newBuilder().setPrettyPrinting().create();
    private static final TypeToken<Map<String, Object>> OBJECT = new TypeToken<>() {
    };

    private Json() {
    }

    /** For people: two spaces a level. */
    public static String of(Object value) {
        return PRETTY.toJson(value) + "\n";
    }

    /** On one line, its end included. */
    static String line(Object value) {
        return LINE.toJson(value) + "\n";
    }

    /**
     * The whole text as one object, its members in their order. Integers are {@code Long}, other numbers {@code Double}.
     *
     * @throws IllegalArgumentException whatever else it is given
     */
    static Map<String, Object> object(String text) {
        JsonReader reader = LINE.newJsonReader(new StringReader(text));
        reader.setNestingLimit(DEEPEST);
        try {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new IllegalArgumentException("it begins with no object");
            }
            Map<String, Object> object = LINE.fromJson(reader, OBJECT);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("more behind the object");
            }
            return object;
        } catch (IOException | JsonParseException e) {
            throw new IllegalArgumentException("wrong after " + reader.getPath(), e);
        }
    }
}
