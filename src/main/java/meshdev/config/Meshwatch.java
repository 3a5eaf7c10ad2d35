package meshdev.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one {@code .meshwatch} says, checked but not yet merged with flags, variables and defaults. Globs are kept as
 * text with their place; their syntax is checked where rules are built, because globs belong to the watch package.
 *
 * @param file     the file read; empty when there was none
 * @param include  each of the three lists is the built-in one when the file leaves it out
 * @param env      in the order of the file; prints its names only
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
        Optional<Sourced<Integer>> standbyMemory,
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
        env = SecretMap.copyOf(env);
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        warnings = List.copyOf(warnings);
    }

    /** The rules in force where there is no file, every one with {@link Origin#BUILT_IN}. */
    public static Meshwatch builtIn() {
        return builtIn(Optional.empty(), List.of());
    }

    /** The built-in rules for a file that exists but says nothing. */
    static Meshwatch builtIn(Optional<Path> file, List<String> warnings) {
        return new Meshwatch(file,
                builtInGlobs("agents/**/*.py", "lib/**/*.py", "config/**/*.yaml"),
                builtInGlobs("**/__pycache__/**", "**/*.pyc", "**/test_*.py", "**/.pytest_cache/**"),
                builtInGlobs("**/*.md", "**/*.txt"),
                Optional.of(Sourced.builtIn(Duration.ofMillis(500))),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of(), Optional.empty(), Map.of(), warnings);
    }

    /** The same without the entries of these agents. */
    public Meshwatch without(Set<String> names) {
        Map<String, AgentSettings> others = new LinkedHashMap<>(agents);
        others.keySet().removeAll(names);
        return new Meshwatch(file, include, exclude, logOnly, reloadDelay, reloadStrategy, preserveState,
                standbyMemory, stopTimeout,
                precheck, startupAttempts, startupWindow, env, envFile, others, warnings);
    }

    /** Whether the includes are not the user's, all or none: then Python files below the started folders are watched as well. */
    public boolean includesAreBuiltIn() {
        return !include.isEmpty() && include.get(0).origin().equals(Origin.BUILT_IN);
    }

    private static List<Sourced<String>> builtInGlobs(String... globs) {
        List<Sourced<String>> sourced = new ArrayList<>(globs.length);
        for (String glob : globs) {
            sourced.add(Sourced.builtIn(glob));
        }
        return sourced;
    }
}
