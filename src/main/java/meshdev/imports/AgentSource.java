package meshdev.imports;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One agent as the graph sees it.
 *
 * @param name      the agent's
 * @param entry     its own file, absolute
 * @param directory its working directory
 * @param path      where its absolute imports are looked for; agents with equal paths share what was found
 */
public record AgentSource(String name, Path entry, Path directory, SearchPath path) {
    public AgentSource {
        Objects.requireNonNull(name);
        Objects.requireNonNull(entry);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(path);
    }
}
