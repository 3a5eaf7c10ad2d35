package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads text as if it were the project's {@code .meshwatch}. */
final class MeshwatchText {
    private MeshwatchText() {
    }

    static Meshwatch read(String... lines) {
        return MeshwatchReader.parse(new SourceText(".meshwatch", String.join("\n", lines) + "\n"), Path.of("/p/.meshwatch"));
    }

    static String fault(String... lines) {
        return assertThrows(ConfigException.class, () -> read(lines)).getMessage();
    }

    static <T> List<T> values(List<Sourced<T>> sourced) {
        List<T> values = new ArrayList<>();
        for (Sourced<T> one : sourced) {
            values.add(one.value());
        }
        return values;
    }
}
