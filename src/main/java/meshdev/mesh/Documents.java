package meshdev.mesh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The registry's answers as JSON, each with the time.
 *
 * @param clock of the mesh
 * @param epoch the date of the clock's epoch; one for the whole life of the registry, so that what has not changed reads the same
 */
record Documents(InstantSource clock, Instant epoch) {
    private static final String AVAILABLE = "available";
    private static final String UNRESOLVED = "unresolved";

    JsonObject health(Duration uptime) {
        JsonObject health = dated();
        health.addProperty("service", "mcp-mesh-registry");
        health.addProperty("status", "healthy");
        health.addProperty("uptime_seconds", uptime.toSeconds());
        health.addProperty("version", Api.VERSION);
        return health;
    }

    JsonObject error(String what) {
        JsonObject error = dated();
        error.addProperty("error", what);
        return error;
    }

    JsonObject refused(String agentId, String complaint) {
        JsonObject refused = dated();
        refused.addProperty("agent_id", agentId);
        refused.addProperty("message", complaint);
        refused.addProperty("status", "error");
        return refused;
    }

    JsonObject taken(String agentId, Outcome.Taken taken) {
        JsonObject resolved = new JsonObject();
        for (Answer answer : taken.answers()) {
            if (!resolved.has(answer.function())) {
                resolved.add(answer.function(), new JsonArray());
            }
            resolved.getAsJsonArray(answer.function()).add(resolution(answer));
        }
        JsonObject document = dated();
        document.addProperty("agent_id", agentId);
        document.add("dependencies_resolved", resolved);
        document.add("llm_tools", new JsonObject());
        document.addProperty("message", "Agent " + (taken.isNew() ? "registered" : "updated") + " via heartbeat");
        document.addProperty("status", "success");
        return document;
    }

    private static JsonObject resolution(Answer answer) {
        Provider provider = answer.provider();
        JsonObject resolution = new JsonObject();
        resolution.addProperty("agent_id", provider.agentId());
        resolution.addProperty("capability", answer.dependency().capability());
        resolution.addProperty("endpoint", provider.endpoint());
        resolution.addProperty("function_name", provider.function());
        if (!provider.kwargs().isEmpty()) {
            resolution.add("kwargs", provider.kwargs());
        }
        resolution.addProperty("status", provider.isFound() ? AVAILABLE : UNRESOLVED);
        return resolution;
    }

    JsonObject agents(List<Member> members, Resolver resolver) {
        JsonObject document = dated();
        document.add("agents", list(members, member -> agent(member, resolver)));
        document.addProperty("count", members.size());
        return document;
    }

    private JsonObject agent(Member member, Resolver resolver) {
        JsonObject agent = new JsonObject();
        agent.addProperty("id", member.id());
        agent.addProperty("name", member.trait(Trait.NAME));
        agent.addProperty("agent_type", member.trait(Trait.AGENT_TYPE));
        agent.addProperty("runtime", member.trait(Trait.RUNTIME));
        agent.addProperty("version", member.trait(Trait.VERSION));
        agent.addProperty("description", "");
        agent.addProperty("a2a_consumer", false);
        agent.addProperty("a2a_producer", false);
        agent.addProperty("status", member.isHealthy() ? "healthy" : "unhealthy");
        agent.addProperty("endpoint", member.endpoint().url(member.id()));
        agent.addProperty("created_at", date(member.since()));
        agent.addProperty("last_seen", date(member.seen()));
        List<Offer> offers = member.tools().stream().filter(Tool::serves).map(tool -> new Offer(member, tool)).toList();
        agent.add("capabilities", list(offers, offer -> capability(offer, resolver)));
        addDependencies(agent, member);
        return agent;
    }

    private static JsonObject capability(Offer offer, Resolver resolver) {
        Tool tool = offer.tool();
        JsonObject capability = new JsonObject();
        capability.addProperty("name", tool.capability());
        capability.addProperty("function_name", tool.function());
        capability.addProperty("version", tool.version().text());
        capability.addProperty("description", tool.description());
        capability.add("tags", texts(tool.tags()));
        capability.addProperty(AVAILABLE, resolver.whyNot(offer).isEmpty());
        resolver.whyNot(offer).ifPresent(reason -> capability.addProperty("unavailable_reason", reason));
        return capability;
    }

    private static void addDependencies(JsonObject agent, Member member) {
        List<Answer> answers = member.answers();
        agent.addProperty("total_dependencies", answers.size());
        agent.addProperty("dependencies_resolved", answers.stream().filter(answer -> answer.provider().isFound()).count());
        Comparator<Answer> byStatus = Comparator.comparing(answer -> status(answer, member));
        agent.add("dependency_resolutions", list(answers.stream().sorted(byStatus).toList(), answer -> dependency(answer, member)));
        agent.add("llm_provider_resolutions", JsonNull.INSTANCE);
        agent.add("llm_tool_resolutions", JsonNull.INSTANCE);
    }

    private static JsonObject dependency(Answer answer, Member member) {
        Provider provider = answer.provider();
        JsonObject dependency = new JsonObject();
        dependency.addProperty("capability", answer.dependency().capability());
        dependency.addProperty("function_name", answer.function());
        if (!answer.dependency().tags().rules().isEmpty()) {
            dependency.add("tags", texts(answer.dependency().tags().rules()));
        }
        if (provider.isFound()) {
            dependency.addProperty("endpoint", provider.endpoint());
            dependency.addProperty("mcp_tool", provider.function());
            dependency.addProperty("provider_agent_id", provider.agentId());
        }
        dependency.addProperty("status", status(answer, member));
        return dependency;
    }

    /** In the order of the alphabet, which is that of the list. */
    private static String status(Answer answer, Member member) {
        String provider = answer.provider().agentId();
        return provider.isEmpty() ? UNRESOLVED : member.hasLost(provider) ? "unavailable" : AVAILABLE;
    }

    /** As the real registry does, an empty list is a null. */
    private static <T> JsonElement list(List<T> all, Function<T, JsonObject> document) {
        JsonArray list = new JsonArray(all.size());
        all.forEach(one -> list.add(document.apply(one)));
        return list.isEmpty() ? JsonNull.INSTANCE : list;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray list = new JsonArray(texts.size());
        texts.forEach(list::add);
        return list;
    }

    private JsonObject dated() {
        JsonObject document = new JsonObject();
        document.addProperty("timestamp", date(clock.instant()));
        return document;
    }

    private String date(Instant instant) {
        return epoch.plus(Duration.between(Instant.EPOCH, instant)).toString();
    }
}
