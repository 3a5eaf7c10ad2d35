package meshdev.mesh;

import static meshdev.mesh.Heartbeats.consumer;
import static meshdev.mesh.Heartbeats.provider;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshTest {
    private static final String DATE = "{'capability':'date'}";

    private Instant now = Instant.EPOCH;
    private final Mesh mesh = new Mesh(() -> now);

    private List<String> ask(String id, String... dependencies) {
        Outcome.Taken taken = (Outcome.Taken) mesh.heartbeat(consumer(id, dependencies));
        return taken.answers().stream().map(answer -> answer.provider().agentId()).toList();
    }

    private void pass(Duration time, String... whoSpeak) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusSeconds(1);
            mesh.tick();
            List.of(whoSpeak).forEach(mesh::beat);
        }
    }

    @Test
    void aNewAgentIsNewsForAllButItself() {
        ask("consumer", DATE);
        mesh.heartbeat(provider("bystander", "other"));
        ask("consumer", DATE);
        assertEquals(News.NONE, mesh.beat("consumer"));
        mesh.heartbeat(provider("provider", "date"));
        assertEquals(List.of(News.CHANGED, News.CHANGED, News.NONE),
                List.of(mesh.beat("consumer"), mesh.beat("bystander"), mesh.beat("provider")));
        assertEquals(List.of("provider"), ask("consumer", DATE));
        assertEquals(News.NONE, mesh.beat("consumer"));
    }

    @Test
    void whoSaysTheSameAgainIsNoNews() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        mesh.heartbeat(provider("provider", "date"));
        assertEquals(News.NONE, mesh.beat("consumer"));
    }

    @Test
    void anAgentThatMovesToAnotherPortIsNews() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        mesh.heartbeat(Heartbeats.read("{'agent_id':'provider','http_port':9001,'tools':[{'function_name':'f','capability':'date'}]}"));
        assertEquals(News.CHANGED, mesh.beat("consumer"));
        assertEquals(News.NONE, mesh.beat("provider"));
        Outcome.Taken taken = (Outcome.Taken) mesh.heartbeat(consumer("consumer", DATE));
        assertEquals("http://127.0.0.1:9001", taken.answers().get(0).provider().endpoint());
    }

    @Test
    void anAgentThatLeavesIsNewsAndUnknownFromThenOn() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        mesh.leave("provider");
        assertEquals(News.CHANGED, mesh.beat("consumer"));
        assertEquals(News.UNKNOWN, mesh.beat("provider"));
        assertEquals(List.of(""), ask("consumer", DATE));
        assertEquals(2, mesh.members().size());
    }

    @Test
    void anAgentThatIsBackIsNewsForItselfToo() {
        mesh.heartbeat(provider("provider", "date"));
        mesh.leave("provider");
        ask("consumer", DATE);
        mesh.heartbeat(provider("provider", "date"));
        assertEquals(News.CHANGED, mesh.beat("consumer"));
        assertEquals(News.CHANGED, mesh.beat("provider"));
    }

    @Test
    void leavingWithoutHavingBeenThereIsNoNews() {
        ask("consumer", DATE);
        mesh.leave("nobody");
        assertEquals(News.NONE, mesh.beat("consumer"));
        assertEquals(News.UNKNOWN, mesh.beat("nobody"));
    }

    @Test
    void twentySecondsOfSilenceMakeAnAgentUnhealthy() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        pass(Mesh.SILENCE, "consumer");
        assertEquals(News.NONE, mesh.beat("consumer"));
        pass(Duration.ofSeconds(2), "consumer");
        assertEquals(News.CHANGED, mesh.beat("consumer"));
        assertEquals(News.UNKNOWN, mesh.beat("provider"));
        assertEquals(List.of(""), ask("consumer", DATE));
    }

    @Test
    void anAgentThatSpeaksStaysHealthy() {
        mesh.heartbeat(provider("provider", "date"));
        pass(Duration.ofMinutes(10), "provider");
        assertEquals(List.of("provider"), ask("consumer", DATE));
    }

    @Test
    void aMeshThatWasStoppedItselfBlamesNobodyForSilence() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        pass(Duration.ofSeconds(10));
        now = now.plusSeconds(300);
        assertEquals(News.NONE, mesh.beat("consumer"));
        assertEquals(List.of("provider"), ask("consumer", DATE));
        pass(Duration.ofSeconds(12), "consumer");
        assertEquals(News.CHANGED, mesh.beat("consumer"));
    }

    @Test
    void anUnhealthyAgentIsForgottenAfterAnHour() {
        mesh.heartbeat(provider("provider", "date"));
        mesh.leave("provider");
        pass(Mesh.MEMORY);
        assertEquals(1, mesh.members().size());
        pass(Duration.ofSeconds(2));
        assertEquals(0, mesh.members().size());
    }

    @Test
    void unhealthyAgentsMakeRoomForNewOnes() {
        for (int i = 0; i < Mesh.MOST_AGENTS; i++) {
            mesh.heartbeat(provider("agent-" + i, "date"));
        }
        assertTrue(mesh.heartbeat(provider("late", "date")) instanceof Outcome.Refused);
        mesh.leave("agent-7");
        assertTrue(mesh.heartbeat(provider("late", "date")) instanceof Outcome.Taken);
        assertEquals(Mesh.MOST_AGENTS, mesh.members().size());
        assertEquals(News.UNKNOWN, mesh.beat("agent-7"));
    }

    @Test
    void whatAllAgentsTellTogetherHasALimit() {
        String long1 = "'description':'" + "x".repeat(3 << 20) + "'";
        for (int i = 0; i < 5; i++) {
            assertTrue(mesh.heartbeat(provider("agent-" + i, "date", long1)) instanceof Outcome.Taken);
        }
        assertTrue(mesh.heartbeat(provider("late", "date", long1)) instanceof Outcome.Refused);
        assertTrue(mesh.heartbeat(provider("agent-0", "date", long1)) instanceof Outcome.Taken, "what it told before is replaced");
        mesh.leave("agent-1");
        assertTrue(mesh.heartbeat(provider("late", "date", long1)) instanceof Outcome.Taken);
    }

    @Test
    void whatAnAgentDoesNotSayAgainStaysAsItWas() {
        mesh.heartbeat(Heartbeats.read("{'agent_id':'a','name':'n','runtime':'java','version':'3','http_host':'localhost','http_port':9}"));
        mesh.heartbeat(Heartbeats.read("{'agent_id':'a'}"));
        Member member = mesh.members().iterator().next();
        assertEquals(List.of("n", "java", "3", "default"), List.of(member.trait(Trait.NAME), member.trait(Trait.RUNTIME),
                member.trait(Trait.VERSION), member.trait(Trait.NAMESPACE)));
        assertTrue(mesh.isEndpoint("localhost:9"));
        assertFalse(mesh.isEndpoint("127.0.0.1:9"));
    }

    @Test
    void aRefusedHeartbeatChangesNothing() {
        mesh.heartbeat(provider("provider", "date"));
        ask("consumer", DATE);
        assertTrue(mesh.heartbeat(Heartbeats.read("{'agent_id':'provider','runtime':'cobol'}")) instanceof Outcome.Refused);
        assertEquals(News.NONE, mesh.beat("consumer"));
        assertEquals(List.of("provider"), ask("consumer", DATE));
    }

    @Test
    void capabilitiesThatRequireEachOtherAreRefused() {
        mesh.heartbeat(provider("one", "a", "'dependencies':[{'capability':'b','required':true}]"));
        Outcome outcome = mesh.heartbeat(provider("two", "b", "'dependencies':[{'capability':'a','required':true}]"));
        assertEquals(new Outcome.Refused("required dependency cycle: a → b → a"), outcome);
        assertTrue(mesh.heartbeat(provider("two", "b", "'dependencies':[{'capability':'a'}]")) instanceof Outcome.Taken);
    }
}
