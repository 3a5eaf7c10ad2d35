package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatReaderTest {
    @Test
    void whatIsLeftOutOrNullIsAsIfItWasNotSaid() {
        for (String json : List.of("{'agent_id':'a'}", "{'agent_id':'a','tools':null,'http_port':null,'name':null}")) {
            assertEquals(new Heartbeat("a", Map.of(), new Endpoint("", 0), List.of(), json.length()), Heartbeats.read(json));
        }
    }

    @Test
    void tagsThatAreNeitherTextNorListsOfTextAreLeftOut() {
        Dependency dependency = Heartbeats.read("{'agent_id':'a','tools':[{'function_name':'f','dependencies':"
                + "[{'capability':'c','tags':['x',5,null,['y','z'],['w',5],{}]}]}]}").tools().get(0).dependencies().get(0);
        assertEquals(new TagRules(List.of("x"), List.of(List.of("y", "z"))), dependency.tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{'agent_id':''}", "{'agent_id':5}", "{'agent_id':'a','http_port':'80'}",
        "{'agent_id':'a','http_port':1.5}", "{'agent_id':'a','tools':{}}", "{'agent_id':'a','tools':[{'tags':'x'}]}",
        "{'agent_id':'a','tools':[{'dependencies':[[{}]]}]}", "{'agent_id':'a','tools':[{'dependencies':[{'tags':'x'}]}]}", "{agent_id:'a'}"})
    void anythingElseIsRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> Heartbeats.read(json));
    }

    @Test
    void depthHasALimit() {
        assertThrows(IllegalArgumentException.class, () -> Heartbeats.read("{'agent_id':'a','kwargs':" + "[".repeat(100_000)));
    }

    @Test
    void lengthHasALimitWhereverItIsReached() {
        byte[] json = ("{\"agent_id\":\"a\",\"pad\":\"" + "x".repeat(1000) + "\"}").getBytes(StandardCharsets.UTF_8);
        InputStream body = new Counted(new ByteArrayInputStream(json), 500);
        assertThrows(RequestTooLong.class, () -> HeartbeatReader.read(body));
    }

    @ParameterizedTest
    @CsvSource({"a,true", "a-1,true", "A,false", "a_1,false", "-a,false", "a-,false", "a b,false"})
    void idsAreLowerCaseLettersDigitsAndHyphensInside(String id, boolean right) {
        assertEquals(right, Heartbeats.read("{'agent_id':'" + id + "'}").complaint().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"name,Bad Name", "name,''", "namespace,''", "namespace,-x", "agent_type,zebra", "agent_type,''", "runtime,cobol"})
    void whatNoAgentMayBeIsNamed(String trait, String value) {
        Optional<String> complaint = Heartbeats.read("{'agent_id':'a','" + trait + "':'" + value + "'}").complaint();
        assertTrue(complaint.orElseThrow().startsWith("validation failed: " + trait + ": "), complaint.toString());
    }

    @Test
    void anIdThatIsTooLongForANameNeedsOne() {
        String id = "a".repeat(64);
        assertTrue(Heartbeats.read("{'agent_id':'" + id + "'}").complaint().isPresent());
        assertTrue(Heartbeats.read("{'agent_id':'" + id + "','name':'short'}").complaint().isEmpty());
    }
}
