package meshdev.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and checks a {@code .meshwatch}. The first fault ends the reading with a {@link ConfigException} of the form
 * {@code file:line:column: what, remedy}; what can be lived with becomes a warning of the result. The syntax of globs is
 * not looked at here.
 */
public final class MeshwatchReader {
    private static final List<String> KEYS = List.of("include", "exclude", "log_only", "reload_delay",
            "reload_strategy", "preserve_state", "standby_memory", "stop_timeout", "precheck", "startup_attempts", "startup_window",
            "env", "env_file", "agents");
    private static final int MOST_ATTEMPTS = 100;
    static final int MOST_MEGABYTES = 1_000_000;

    private MeshwatchReader() {
    }

    /** Reads a file and calls it by its path; see {@link #read(Path, String)}. */
    public static Meshwatch read(Path file) {
        return read(file, file.toString());
    }

    /**
     * Reads a regular file of at most 1 MiB of UTF-8. A file without any key gives the built-in rules and a warning.
     *
     * @param displayName the path as the user would type it, for messages and origins
     * @throws ConfigException when it cannot be read or a value is wrong
     */
    public static Meshwatch read(Path file, String displayName) {
        return parse(SourceText.decode(PlainFile.read(file, displayName), displayName), file);
    }

    static Meshwatch parse(SourceText source, Path file) {
        Optional<YamlNode> root = YamlTree.parse(source);
        boolean empty = root.isEmpty() || root.get() instanceof YamlNode.Text text && text.isNothing();
        if (empty) {
            return Meshwatch.builtIn(Optional.of(file), List.of(source.name()
                    + ": says nothing, the built-in rules apply; add an \"include:\" list or remove the file"));
        }
        if (!(root.get() instanceof YamlNode.Fields fields)) {
            throw source.error(root.get().at(),
                    "expected lines such as \"reload_delay: 500\", found " + root.get().kind());
        }
        return meshwatch(new Checks(source), fields, file);
    }

    /** A list that the file leaves out stays as it is without a file; an empty one is an empty one. */
    private static Meshwatch meshwatch(Checks checks, YamlNode.Fields fields, Path file) {
        Section section = new Section(checks, "", fields, KEYS);
        Meshwatch builtIn = Meshwatch.builtIn();
        Map<String, AgentSettings> agents = AgentEntries.read(checks, section.value("agents"));
        return new Meshwatch(Optional.of(file),
                section.value("include").isPresent() ? section.patterns("include") : builtIn.include(),
                section.value("exclude").isPresent() ? section.patterns("exclude") : builtIn.exclude(),
                section.value("log_only").isPresent() ? section.patterns("log_only") : builtIn.logOnly(),
                section.duration("reload_delay", DurationRule.RELOAD_DELAY),
                section.read("reload_strategy", Spelling::strategy),
                section.read("preserve_state", Spelling::bool),
                section.integer("standby_memory", 0, MOST_MEGABYTES),
                section.duration("stop_timeout", DurationRule.STOP_TIMEOUT),
                section.read("precheck", Spelling::bool),
                section.integer("startup_attempts", 1, MOST_ATTEMPTS),
                section.duration("startup_window", DurationRule.STARTUP_WINDOW),
                section.environment("env"),
                section.text("env_file"),
                agents,
                checks.warnings());
    }
}
