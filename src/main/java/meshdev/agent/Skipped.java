package meshdev.agent;

import java.nio.file.Path;

/**
 * A file or folder that was looked at and is not an agent.
 *
 * @param path   absolute
 * @param reason lower case, without a full stop
 */
public record Skipped(Path path, String reason) {
}
