package meshdev.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Merges what was said in several places into {@link Settings}: flag over variable over file over default. */
public final class SettingsResolver {
    private static final Duration RELOAD_DELAY = Duration.ofMillis(500);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STARTUP_WINDOW = Duration.ofSeconds(10);
    private static final int STARTUP_ATTEMPTS = 3;
    private static final int STANDBY_MEGABYTES = 512;

    private final Flags flags;
    private final Variables variables;
    private final Meshwatch meshwatch;
    private final RegistryVariables registry;

    /** @param environment the inherited one */
    public SettingsResolver(Flags flags, Map<String, String> environment, Meshwatch meshwatch,
            RegistryVariables registry) {
        this.flags = flags;
        this.variables = new Variables(environment);
        this.meshwatch = meshwatch;
        this.registry = registry;
    }

    /**
     * The settings in force.
     *
     * @param workingDirectory absolute; a relative {@code MCP_MESH_HOME} begins there
     * @param userHome         the user's home folder
     * @throws ConfigException naming the flag or variable whose value is wrong, and what is accepted
     */
    public Settings resolve(Path workingDirectory, Path userHome) {
        return new Settings(hotReload(), reloadDelay(), strategy(), preserveState(),
                variables.read(Variables.LOG_LEVEL, Spelling::logLevel).orElse(Sourced.builtIn(LogLevel.INFO)),
                polling(),
                variables.read(Variables.EXTENSIONS, Extensions::parse),
                python(), stopTimeout(), precheck(), runner(), standbyMemory(),
                meshwatch.startupAttempts().orElse(Sourced.builtIn(STARTUP_ATTEMPTS)),
                meshwatch.startupWindow().orElse(Sourced.builtIn(STARTUP_WINDOW)),
                registry.url(),
                home(variables, workingDirectory, userHome));
    }

    private Sourced<Boolean> hotReload() {
        if (flags.noReload()) {
            return new Sourced<>(false, Origin.flag("--no-reload"));
        }
        return variables.read(Variables.HOT_RELOAD, Spelling::bool).orElse(Sourced.builtIn(true));
    }

    private Sourced<Duration> reloadDelay() {
        return inForce(said("--reload-delay", flags.reloadDelay(), Variables.RELOAD_DELAY, DurationRule.RELOAD_DELAY),
                meshwatch.reloadDelay(), RELOAD_DELAY);
    }

    private Sourced<Strategy> strategy() {
        return inForce(said("--strategy", flags.strategy(), Variables.STRATEGY, Spelling::strategy),
                meshwatch.reloadStrategy(), Strategy.RESTART);
    }

    private Sourced<Boolean> preserveState() {
        if (flags.preserveState().isPresent()) {
            return new Sourced<>(flags.preserveState().get(), Origin.flag("--preserve-state"));
        }
        return inForce(variables.read(Variables.PRESERVE_STATE, Spelling::bool), meshwatch.preserveState(), false);
    }

    private Optional<Sourced<Duration>> polling() {
        Optional<Sourced<Duration>> flag = flag("--poll", flags.poll(),
                said -> said.text().isBlank() ? POLL_INTERVAL : DurationRule.POLL.of(said));
        if (flag.isPresent()) {
            return flag;
        }
        Optional<Sourced<Boolean>> variable = variables.read(Variables.POLLING, Spelling::bool);
        boolean wanted = variable.isPresent() && variable.get().value();
        return wanted ? Optional.of(new Sourced<>(POLL_INTERVAL, variable.get().origin())) : Optional.empty();
    }

    private Optional<Sourced<String>> python() {
        return said("--python", flags.python(), Variables.PYTHON, SettingsResolver::path);
    }

    private Optional<Sourced<Duration>> stopTimeout() {
        Optional<Sourced<Duration>> flag = flag("--stop-timeout", flags.stopTimeout(), DurationRule.STOP_TIMEOUT);
        return flag.isPresent() ? flag : meshwatch.stopTimeout();
    }

    private Sourced<Boolean> precheck() {
        if (flags.noPrecheck()) {
            return new Sourced<>(false, Origin.flag("--no-precheck"));
        }
        return meshwatch.precheck().orElse(Sourced.builtIn(true));
    }

    private Sourced<Boolean> runner() {
        return flags.noRunner() ? new Sourced<>(false, Origin.flag("--no-runner")) : Sourced.builtIn(true);
    }

    private Sourced<Integer> standbyMemory() {
        return inForce(
                variables.read(Variables.STANDBY_MEMORY, said -> Section.integer(said, 0, MeshwatchReader.MOST_MEGABYTES)),
                meshwatch.standbyMemory(), STANDBY_MEGABYTES);
    }

    /** Where mesh-dev keeps its own files, for who needs no other setting. */
    public static Path home(Map<String, String> environment, Path workingDirectory, Path userHome) {
        return home(new Variables(environment), workingDirectory, userHome);
    }

    private static Path home(Variables variables, Path workingDirectory, Path userHome) {
        String said = inForce(variables.read(Variables.HOME, SettingsResolver::path), Optional.empty(), "~/.mcp-mesh").value();
        boolean below = said.startsWith("~/");
        Path home = below ? userHome.resolve(said.substring(2)) : workingDirectory.resolve(said);
        return home.toAbsolutePath().normalize();
    }

    /** A text that can be a path on this machine. */
    private static String path(Said said) {
        try {
            Path.of(said.text());
        } catch (InvalidPathException e) {
            throw said.refuse("is no path; write one without special characters");
        }
        if (said.text().isBlank()) {
            throw said.refuse("is empty; write a path");
        }
        return said.text();
    }

    private <T> Optional<Sourced<T>> said(String flag, Optional<String> value, String variable, Section.Reading<T> reading) {
        return value.isPresent() ? flag(flag, value, reading) : variables.read(variable, reading);
    }

    /** No chain of lambdas: to link each takes an eighth of a millisecond, before the first launch. */
    private static <T> Sourced<T> inForce(Optional<Sourced<T>> said, Optional<Sourced<T>> inFile, T builtIn) {
        return said.isPresent() ? said.get() : inFile.orElse(Sourced.builtIn(builtIn));
    }

    private static <T> Optional<Sourced<T>> flag(String name, Optional<String> value, Section.Reading<T> reading) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Sourced<>(reading.of(new Said(value.get(), name)), Origin.flag(name)));
    }
}
