package meshdev.report;

import java.util.Optional;
import meshdev.config.LogLevel;

/**
 * Where slf4j's lines, which are for maintainers, go: into mesh-dev's own log. Without {@link #writeTo} nowhere.
 *
 * <p>Static, because slf4j finds its configuration by itself; and apart from {@link LogbackSetup}, so that saying where
 * costs the start none of logback's classes.
 */
public final class MaintainerLog {
    private static volatile Optional<Target> target = Optional.empty();

    /**
     * @param files whose {@link LogFiles#own} gets the lines
     * @param level the least serious level written
     */
    record Target(LogFiles files, LogLevel level) {}

    private MaintainerLog() {}

    /** To be called before anything uses slf4j: it looks once. */
    public static void writeTo(LogFiles files, LogLevel level) {
        target = Optional.of(new Target(files, level));
    }

    static Optional<Target> target() {
        return target;
    }
}
