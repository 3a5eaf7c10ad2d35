package meshdev.mesh;

import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Integers are numbers without a fraction: Gson alone would take strings for them. */
final class StrictInteger extends TypeAdapter<Integer> {
    @Override
    public Integer read(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case NULL -> {
                in.nextNull();
                yield null;
            }
            case NUMBER -> number(in);
            default -> throw new JsonSyntaxException("no number but " + in.peek());
        };
    }

    private static Integer number(JsonReader in) throws IOException {
        try {
            return in.nextInt();
        } catch (NumberFormatException e) {
            throw new JsonSyntaxException("no integer", e);
        }
    }

    @Override
    public void write(JsonWriter out, Integer value) throws IOException {
        out.value(value);
    }
}
