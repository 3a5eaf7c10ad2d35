package meshdev.watch;

import java.nio.file.Path;

/**
 * A watched file that is not as it was.
 *
 * @param path     absolute, links not resolved
 * @param decision why the file is watched
 */
public record Change(Path path, Kind kind, Decision decision) {
    /** How the file changed. */
    public enum Kind { CREATED, MODIFIED, DELETED }

    /** Whether settings are read from it. */
    public boolean configuration() {
        return decision.verdict() == Verdict.CONFIGURATION;
    }

    /** Whether it is to be logged and nothing more. */
    public boolean logOnly() {
        return decision.verdict() == Verdict.LOG_ONLY;
    }
}
