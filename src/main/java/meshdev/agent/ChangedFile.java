package meshdev.agent;

import java.nio.file.Path;

/**
 * A watched file that is not as it was.
 *
 * @param path    absolute, links not resolved
 * @param deleted whether it is gone
 */
public record ChangedFile(Path path, boolean deleted) {
}
