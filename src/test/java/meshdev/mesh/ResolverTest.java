package meshdev.mesh;

import static meshdev.mesh.Heartbeats.consumer;
import static meshdev.mesh.Heartbeats.provider;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private final Mesh mesh = new Mesh(() -> Instant.EPOCH);

    private String serving(String dependency) {
        Outcome.Taken taken = (Outcome.Taken) mesh.heartbeat(consumer("consumer", dependency));
        Provider provider = taken.answers().get(0).provider();
        return provider.isFound() ? provider.agentId() + ":" + provider.function() : "nobody";
    }

    private Optional<String> whyNot(String id) {
        Member member = mesh.members().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        return mesh.resolver().whyNot(new Offer(member, member.tools().get(0)));
    }

    @Test
    void theBestTagsWinOverTheHighestVersion() {
        mesh.heartbeat(provider("new", "c", "'version':'2.0.0','tags':['x']"));
        mesh.heartbeat(provider("old", "c", "'version':'1.0.0','tags':['x','y']"));
        assertEquals("old:get", serving("{'capability':'c','tags':['x','+y']}"));
        assertEquals("new:get", serving("{'capability':'c','tags':['x']}"));
        assertEquals("old:get", serving("{'capability':'c','tags':['x'],'version':'^1'}"));
        assertEquals("old:get", serving("{'capability':'c','tags':[['y','z']]}"));
        assertEquals("new:get", serving("{'capability':'c','tags':['-y']}"));
        assertEquals("nobody", serving("{'capability':'c','tags':['-x']}"));
    }

    @Test
    void ofEqualOnesTheLowestIdWinsAndThenWhatIsDeclaredFirst() {
        mesh.heartbeat(provider("b", "c"));
        mesh.heartbeat(Heartbeats.read("{'agent_id':'a','tools':[{'function_name':'z','capability':'c'},{'function_name':'f','capability':'c'}]}"));
        assertEquals("a:z", serving("{'capability':'c'}"));
    }

    @Test
    void whatIsNoVersionIsOlderThanAnyAndUnversionedIsTheFirst() {
        mesh.heartbeat(provider("a", "c", "'version':'latest'"));
        mesh.heartbeat(provider("b", "c", "'version':'0.0.0-a'"));
        assertEquals("b:get", serving("{'capability':'c'}"));
        assertEquals("a:get", serving("{'capability':'c','version':'latest'}"));
        mesh.heartbeat(provider("d", "c", "'description':'unversioned'"));
        assertEquals("d:get", serving("{'capability':'c','version':'=1.0.0'}"));
    }

    @Test
    void unhealthyAgentsServeNobody() {
        mesh.heartbeat(provider("a", "c"));
        mesh.heartbeat(provider("b", "c"));
        mesh.leave("a");
        assertEquals("b:get", serving("{'capability':'c'}"));
        assertEquals(Optional.of("agent unhealthy"), whyNot("a"));
    }

    @Test
    void answersComeInTheDeclaredOrderWithPlaceholders() {
        mesh.heartbeat(provider("a", "c"));
        Outcome.Taken taken = (Outcome.Taken) mesh.heartbeat(consumer("consumer", "{'capability':'x'}", "{'capability':'c'}", "{}"));
        assertEquals(List.of("", "a", ""), taken.answers().stream().map(answer -> answer.provider().agentId()).toList());
    }

    @Test
    void aToolServesNobodyAsLongAsWhatItRequiresIsNotServed() {
        mesh.heartbeat(provider("top", "c", "'dependencies':[{'capability':'base','required':true}]"));
        assertEquals("nobody", serving("{'capability':'c'}"));
        assertEquals(Optional.of("required dep 'base' unresolved"), whyNot("top"));
        mesh.heartbeat(provider("base", "base"));
        assertEquals("top:get", serving("{'capability':'c'}"));
        mesh.leave("base");
        assertEquals("nobody", serving("{'capability':'c'}"));
        assertEquals(Optional.of("required dep 'base' unavailable (provider base unhealthy)"), whyNot("top"));
    }

    @Test
    void requirementsReachThroughOthers() {
        mesh.heartbeat(provider("top", "c", "'dependencies':[{'capability':'middle','required':true}]"));
        mesh.heartbeat(provider("middle", "middle", "'dependencies':[{'capability':'base','required':true}]"));
        assertEquals(Optional.of("required dep 'middle' unavailable (provider middle unavailable)"), whyNot("top"));
        mesh.heartbeat(provider("base", "base"));
        assertEquals(Optional.empty(), whyNot("top"));
    }

    @Test
    void whatNobodyFitsIsNamed() {
        mesh.heartbeat(provider("base", "base", "'version':'1.0.0'"));
        mesh.heartbeat(provider("top", "c", "'dependencies':[{'capability':'base','tags':['x','+y'],'version':'^2','required':true}]"));
        assertEquals(Optional.of("required dep 'base' unresolved (no provider matches tags=[x +y], version ^2)"), whyNot("top"));
    }
}
