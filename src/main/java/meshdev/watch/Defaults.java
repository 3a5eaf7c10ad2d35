package meshdev.watch;

import java.util.ArrayList;
import java.util.List;
import meshdev.config.Meshwatch;
import meshdev.config.Sourced;

/** The patterns of the user's {@code .meshwatch}, or the ones that stand in where it says nothing. */
final class Defaults {
    private static final List<Sourced<String>> INCLUDE =
            builtIn("agents/**/*.py", "lib/**/*.py", "config/**/*.yaml");
    private static final List<Sourced<String>> EXCLUDE =
            builtIn("**/__pycache__/**", "**/*.pyc", "**/test_*.py", "**/.pytest_cache/**");
    private static final List<Sourced<String>> LOG_ONLY = builtIn("**/*.md", "**/*.txt");
    private static final List<Sourced<String>> EXTENSIONS = builtIn(".py");

    private final RuleSources sources;
    private final Meshwatch meshwatch;

    Defaults(RuleSources sources) {
        this.sources = sources;
        this.meshwatch = sources.meshwatch();
    }

    /** Includes and the globs of single agents, which are watched too. */
    List<Sourced<String>> include() {
        List<Sourced<String>> all = new ArrayList<>(meshwatch.include().isEmpty() ? INCLUDE : meshwatch.include());
        meshwatch.agents().values().forEach(agent -> all.addAll(agent.watch()));
        return all;
    }

    List<Sourced<String>> exclude() {
        return meshwatch.file().isEmpty() ? EXCLUDE : meshwatch.exclude();
    }

    List<Sourced<String>> logOnly() {
        return meshwatch.file().isEmpty() ? LOG_ONLY : meshwatch.logOnly();
    }

    /** Extensions watched below the start folders; when set by the user they add to any include. */
    List<Sourced<String>> extensions() {
        return sources.extensions()
                .map(set -> set.value().stream().map(one -> new Sourced<>(one, set.origin())).toList())
                .orElse(meshwatch.include().isEmpty() ? EXTENSIONS : List.of());
    }

    private static List<Sourced<String>> builtIn(String... patterns) {
        return List.of(patterns).stream().map(Sourced::builtIn).toList();
    }
}
