package meshdev.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one {@code .meshwatch} says, checked but not yet merged with flags, variables and defaults. Globs are kept as
 * text with their place; their syntax is checked where rules are built, because globs belong to the watch package.
 *
 * @param file     the file read; empty when there was none
 * @param include  empty when the file has no {@code include}
 * @param envFile  as written; relative to the project root
 * @param agents   settings by agent name, in the order of the file
 * @param warnings complete sentences with their place, for a user
 */
public record Meshwatch(
        Optional<Path> file,
        List<Sourced<String>> include,
        List<Sourced<String>> exclude,
        List<Sourced<String>> logOnly,
        Optional<Sourced<Duration>> reloadDelay,
        Optional<Sourced<Strategy>> reloadStrategy,
        Optional<Sourced<Boolean>> preserveState,
        Optional<Sourced<Duration>> stopTimeout,
        Optional<Sourced<Boolean>> precheck,
        Optional<Sourced<Integer>> startupAttempts,
        Optional<Sourced<Duration>> startupWindow,
        Map<String, String> env,
        Optional<Sourced<String>> envFile,
        Map<String, AgentSettings> agents,
        List<String> warnings) {

    public Meshwatch {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        logOnly = List.copyOf(logOnly);
        env = Map.copyOf(env);
        agents = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(agents));
        warnings = List.copyOf(warnings);
    }
}
