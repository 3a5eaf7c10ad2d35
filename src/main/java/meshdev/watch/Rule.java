package meshdev.watch;

import java.nio.file.Path;

/**
 * A glob in force.
 *
 * @param base the folder that paths are relative to, absolute
 */
public record Rule(Kind kind, Path base, Glob glob, Decision decision) {
    /** In the order of strength, weakest first. */
    public enum Kind { INCLUDE, LOG_ONLY, EXCLUDE }

    static Rule of(Kind kind, Path base, Glob glob) {
        return new Rule(kind, base, glob, switch (kind) {
            case INCLUDE -> Decision.by(Verdict.RELOAD, "included by", glob.pattern());
            case LOG_ONLY -> Decision.by(Verdict.LOG_ONLY, "only logged because of", glob.pattern());
            case EXCLUDE -> Decision.by(Verdict.EXCLUDED, "excluded by", glob.pattern());
        });
    }
}
