package meshdev.mesh;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A function of an agent.
 *
 * @param capability what it serves; empty when it only asks
 * @param kwargs     handed on to whoever calls it; may be empty
 */
record Tool(String function, String capability, Version version, String description, List<String> tags, JsonObject kwargs,
        List<Dependency> dependencies) {
    Tool {
        tags = List.copyOf(tags);
        dependencies = List.copyOf(dependencies);
    }

    boolean serves() {
        return !function.isEmpty() && !capability.isEmpty();
    }
}
