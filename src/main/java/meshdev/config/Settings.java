package meshdev.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings in force: flag over variable over {@code .meshwatch} over default, each with its origin.
 *
 * @param hotReload       false for {@code --no-reload}
 * @param stopTimeout     empty when unset: 3 s for a reload and for the life-line, 10 s for stop and quit
 * @param runner          false for {@code --no-runner}: Python agents are started without {@code lib/runner.py}
 * @param standbyMemory   for modules that are preloaded and wait, of all agents together; megabytes
 * @param polling         present when the user asked for polling; the value is the interval
 * @param watchExtensions with the leading dot, such as {@code .py}; empty when the variable is unset
 * @param python          the interpreter the user named, by flag or variable
 * @param registryUrl     may hold a user and password; show {@link RegistryVariables#displayUrl()} instead
 * @param home            state, logs, locks and cache of mesh-dev
 */
public record Settings(
        Sourced<Boolean> hotReload,
        Sourced<Duration> reloadDelay,
        Sourced<Strategy> strategy,
        Sourced<Boolean> preserveState,
        Sourced<LogLevel> logLevel,
        Optional<Sourced<Duration>> polling,
        Optional<Sourced<List<String>>> watchExtensions,
        Optional<Sourced<String>> python,
        Optional<Sourced<Duration>> stopTimeout,
        Sourced<Boolean> precheck,
        Sourced<Boolean> runner,
        Sourced<Integer> standbyMemory,
        Sourced<Integer> startupAttempts,
        Sourced<Duration> startupWindow,
        Sourced<String> registryUrl,
        Path home) {

    /** Without the registry, whose URL may hold a password. */
    @Override
    public String toString() {
        return "Settings[hotReload=" + hotReload + ", reloadDelay=" + reloadDelay + ", strategy=" + strategy
                + ", polling=" + polling + ", stopTimeout=" + stopTimeout + ", home=" + home + "]";
    }
}
