package meshdev.config;

import java.util.Map;
import java.util.Optional;

/** mesh-dev's own variables of the inherited environment; an empty one counts as unset. */
final class Variables {
    static final String HOT_RELOAD = "MCP_MESH_ENABLE_HOT_RELOAD";
    static final String RELOAD_DELAY = "MCP_MESH_RELOAD_DELAY";
    static final String EXTENSIONS = "MCP_MESH_WATCH_EXTENSIONS";
    static final String STRATEGY = "MCP_MESH_RELOAD_STRATEGY";
    static final String PRESERVE_STATE = "MCP_MESH_PRESERVE_STATE";
    static final String STANDBY_MEMORY = "MCP_MESH_STANDBY_MEMORY";
    static final String LOG_LEVEL = "MCP_MESH_LOG_LEVEL";
    static final String POLLING = "MCP_MESH_WATCH_USE_POLLING";
    static final String PYTHON = "MCP_MESH_PYTHON";
    static final String HOME = "MCP_MESH_HOME";

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    <T> Optional<Sourced<T>> read(String name, Section.Reading<T> reading) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Sourced<>(reading.of(new Said(value, name)), Origin.variable(name)));
    }
}
