package meshdev.report;

import java.util.Optional;
import meshdev.config.LogLevel;
import org.slf4j.helpers.Reporter;

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

    /**
     * To be called before anything uses slf4j: it looks once. Lines that other threads log while it does so are kept and
     * written then, which slf4j would announce on standard error.
     */
    public static void writeTo(LogFiles files, LogLevel level) {
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "ERROR");
        target = Optional.of(new Target(files, level));
    }

    static Optional<Target> target() {
        return target;
    }
}
