package meshdev.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void valuesAreNested() {
        assertEquals("{\n  \"a\": [\n    1,\n    true,\n    {}\n  ]\n}\n", Json.of(Map.of("a", List.of(1, true, Map.of()))));
    }

    @Test
    void onlyWhatAStringMayNotHoldIsEscaped() {
        assertEquals("\"a\\\"\\\\\\n\\u001b😀<&='>\"\n", Json.of("a\"\\\n\u001b😀<&='>"));
    }

    @Test
    void aLineHasOneEnd() {
        assertEquals("{\"a\":[1,\"b\\n\"]}\n", Json.line(Map.of("a", List.of(1, "b\n"))));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", "a\"\\\n\t\u001b😀");
        all.put("number", -42L);
        all.put("part", 1.5);
        all.put("yes", true);
        all.put("none", Map.of());
        all.put("list", List.of(List.of(), "x", Map.of("y", 2L)));
        assertEquals(all, Json.object(Json.of(all)));
        assertEquals(all, Json.object(Json.line(all)));
    }

    @Test
    void membersKeepTheirOrder() {
        assertEquals(List.of("z", "a", "m"), List.copyOf(Json.object("{\"z\":1,\"a\":2,\"m\":3}").keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "\"a\"", "null", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{\"a\":1}}",
        "{\"a\":\"b}", "{\"a\":\"\\q\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12", "{\"a\":nul}", "{\"a\":-}", "{\"a\":1e}",
        "{\"a\":[1,]}", "{\"a\":\"\u0001\"}", "{a:1}"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.object(text));
    }

    @Test
    void depthHasALimit() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThrows(IllegalArgumentException.class, () -> Json.object(deep));
    }
}
