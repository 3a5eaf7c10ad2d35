package meshdev.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void valuesAreNested() {
        assertEquals("{\n  \"a\": [\n    1,\n    true,\n    {}\n  ]\n}\n", Json.of(Map.of("a", List.of(1, true, Map.of()))));
    }

    @Test
    void whatAStringMayNotHoldIsEscaped() {
        assertEquals("\"a\\\"\\\\\\n\\u001b😀\\ud800\"\n", Json.of("a\"\\\n\u001b😀\ud800"));
    }

    @Test
    void aLineHasOneEnd() {
        assertEquals("{\"a\": [1,\"b\\n\"]}\n", Json.line(Map.of("a", List.of(1, "b\n"))));
    }
}
