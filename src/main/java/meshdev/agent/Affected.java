package meshdev.agent;

import java.nio.file.Path;
import java.util.List;

/**
 * An agent that changes concern.
 *
 * @param reason for the log, such as {@code lib/tax.py and 2 more changed (imported by orders)}; one line, escaped
 * @param note   what the reason says beside the files: empty when these explain themselves
 * @param files  what changed for this agent, absolute; the one named in the reason first
 * @param guess  whether this is so only because the agent's imports are still being read
 */
public record Affected(Agent agent, String reason, String note, List<Path> files, boolean guess) {
    public Affected {
        files = List.copyOf(files);
    }
}
