package meshdev.agent;

import java.nio.file.Path;

/** The {@code watch} globs of one agent, compiled by whoever knows globs. */
@FunctionalInterface
public interface PathMatch {
    /** Matches nothing: for an agent without globs. */
    PathMatch NOTHING = absolute -> false;

    boolean matches(Path absolute);
}
