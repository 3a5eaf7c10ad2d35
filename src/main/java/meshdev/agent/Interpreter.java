package meshdev.agent;

import java.nio.file.Path;
import java.util.Optional;
import meshdev.config.Origin;

/**
 * The Python that runs the agents.
 *
 * @param path    what to execute: absolute; links not resolved, because a virtual environment is found through them
 * @param label   for the banner, such as {@code .venv/bin/python}: the file that was chosen, before a shim was resolved
 * @param origin  what chose it: {@code --python}, {@code MCP_MESH_PYTHON}, {@code VIRTUAL_ENV}, {@code .venv},
 *                {@code venv} or {@code PATH}
 * @param version such as {@code 3.11.7}; empty when only running it would tell
 */
public record Interpreter(Path path, String label, Origin origin, Optional<String> version) {
}
