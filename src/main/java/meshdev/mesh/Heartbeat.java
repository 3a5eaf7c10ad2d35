package meshdev.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent tells about itself, all of it at once.
 *
 * @param traits only those it told
 * @param bytes  how long its JSON was
 */
record Heartbeat(String agentId, Map<Trait, String> traits, Endpoint endpoint, List<Tool> tools, long bytes) {
    Heartbeat {
        traits = Map.copyOf(traits);
        tools = List.copyOf(tools);
    }

    /** What is wrong with it. */
    Optional<String> complaint() {
        String name = traits.getOrDefault(Trait.NAME, agentId);
        Optional<String> first = Trait.complaintAboutId(agentId).or(() -> Trait.NAME.complaint(name));
        for (Trait trait : Trait.values()) {
            if (first.isEmpty() && traits.containsKey(trait)) {
                first = trait.complaint(traits.get(trait));
            }
        }
        return first.map(complaint -> "validation failed: " + complaint);
    }
}
