package meshdev.mesh;

import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Strings are strings: Gson alone would take numbers for them. */
final class StrictString extends TypeAdapter<String> {
    @Override
    public String read(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case NULL -> {
                in.nextNull();
                yield null;
            }
            case STRING -> in.nextString();
            default -> throw new JsonSyntaxException("no string but " + in.peek());
        };
    }

    @Override
    public void write(JsonWriter out, String value) throws IOException {
        out.value(value);
    }
}
