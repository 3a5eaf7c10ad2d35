package meshdev.mesh;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What agents and meshctl may ask of the mesh, without HTTP. Any number of threads may ask; the mesh sees one at a time. */
final class Api {
    /** What the real registry says it is. */
    static final String VERSION = "1.0.0";

    private final Mesh mesh;
    private final InstantSource clock;
    private final Documents documents;
    private final Instant opened;

    Api(InstantSource clock, InstantSource dates) {
        this.mesh = new Mesh(clock);
        this.clock = clock;
        this.documents = new Documents(clock, dates.instant().minus(Duration.between(Instant.EPOCH, clock.instant())));
        this.opened = clock.instant();
    }

    Reply health() {
        return Reply.json(200, documents.health(uptime()));
    }

    /** For a HEAD, which has headers only. */
    Reply headHealth() {
        return new Reply(200, Map.of("Content-Type", "application/json", "X-Health-Status", "healthy",
                "X-Service-Version", VERSION, "X-Uptime-Seconds", Long.toString(uptime().toSeconds())), new byte[0]);
    }

    private Duration uptime() {
        return Duration.between(opened, clock.instant());
    }

    Reply root() {
        JsonObject root = new JsonObject();
        JsonArray endpoints = new JsonArray();
        List.of("/health", "/heartbeat", "/agents").forEach(endpoints::add);
        root.add("endpoints", endpoints);
        root.addProperty("service", "mcp-mesh-registry");
        root.addProperty("status", "running");
        root.addProperty("version", VERSION);
        return Reply.json(200, root);
    }

    /** @throws IOException when the body cannot be read to its end, or is too long */
    Reply heartbeat(InputStream body) throws IOException {
        Heartbeat heartbeat;
        try {
            heartbeat = HeartbeatReader.read(body);
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
        Outcome outcome;
        synchronized (mesh) {
            outcome = mesh.heartbeat(heartbeat);
        }
        return Reply.json(200, outcome instanceof Outcome.Taken taken ? documents.taken(heartbeat.agentId(), taken)
                : documents.refused(heartbeat.agentId(), ((Outcome.Refused) outcome).complaint()));
    }

    Reply beat(String agentId) {
        News news;
        synchronized (mesh) {
            news = mesh.beat(agentId);
        }
        return Reply.empty(switch (news) {
            case NONE -> 200;
            case CHANGED -> 202;
            case UNKNOWN -> 410;
        });
    }

    Reply leave(String agentId) {
        synchronized (mesh) {
            mesh.leave(agentId);
        }
        return Reply.empty(204);
    }

    /** @param wanted {@code status}, {@code namespace} or {@code type}; others mean nothing */
    Reply agents(Map<String, String> wanted) {
        Predicate<Member> isWanted = member -> is(wanted.get("status"), member.isHealthy() ? "healthy" : "unhealthy")
                && is(wanted.get("namespace"), member.trait(Trait.NAMESPACE))
                && is(wanted.get("type"), member.trait(Trait.AGENT_TYPE));
        JsonObject agents;
        synchronized (mesh) {
            agents = documents.agents(mesh.members().stream().filter(isWanted).toList(), mesh.resolver());
        }
        return Reply.json(200, agents);
    }

    private static boolean is(String wanted, String found) {
        return wanted == null || wanted.isEmpty() || wanted.equals(found);
    }

    /** To be called every {@link Mesh#TICK}. */
    void tick() {
        synchronized (mesh) {
            mesh.tick();
        }
    }

    boolean isEndpoint(String authority) {
        synchronized (mesh) {
            return mesh.isEndpoint(authority);
        }
    }

    Reply error(int status, String what) {
        return Reply.json(status, documents.error(what));
    }
}
