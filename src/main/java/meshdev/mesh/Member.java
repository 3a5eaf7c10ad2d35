package meshdev.mesh;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One agent as the mesh remembers it. Belongs to its {@link Mesh}; nobody else changes it. */
final class Member {
    private final String id;
    private final Instant since;
    private final Map<Trait, String> traits = new EnumMap<>(Trait.class);
    private final Set<String> lost = new HashSet<>();
    private Endpoint endpoint = new Endpoint("", 0);
    private List<Tool> tools = List.of();
    private List<Answer> answers = List.of();
    private Instant seen;
    private boolean healthy;
    private long refreshed;
    private long bytes;

    Member(String id, Instant since) {
        this.id = id;
        this.since = since;
        this.seen = since;
    }

    /** Takes over what it tells. */
    void tell(Heartbeat heartbeat, Instant now) {
        traits.putAll(heartbeat.traits());
        endpoint = heartbeat.endpoint().over(endpoint);
        tools = heartbeat.tools();
        bytes = heartbeat.bytes();
        seen = now;
        healthy = true;
    }

    /** Remembers what it has been told, and that it knows the mesh as it is after this many changes. */
    void refresh(List<Answer> told, long changes) {
        answers = List.copyOf(told);
        lost.clear();
        refreshed = changes;
    }

    void beat(Instant now) {
        seen = now;
    }

    /** Its silence was not its fault. */
    void excuse(Duration silence) {
        seen = healthy ? seen.plus(silence) : seen;
    }

    void fail() {
        healthy = false;
    }

    /** An agent it was told of serves no more. */
    void lose(String provider) {
        if (answers.stream().anyMatch(answer -> answer.provider().agentId().equals(provider))) {
            lost.add(provider);
        }
    }

    boolean hasLost(String provider) {
        return lost.contains(provider);
    }

    String id() {
        return id;
    }

    Instant since() {
        return since;
    }

    Instant seen() {
        return seen;
    }

    String trait(Trait trait) {
        return traits.getOrDefault(trait, trait.defaultFor(id));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    List<Tool> tools() {
        return tools;
    }

    /** What it was told at its last heartbeat, in the order it asked. */
    List<Answer> answers() {
        return answers;
    }

    boolean isHealthy() {
        return healthy;
    }

    long refreshed() {
        return refreshed;
    }

    long bytes() {
        return bytes;
    }
}
