package meshdev.config;

import java.util.List;
import java.util.Optional;

/**
 * What the command line said, unchecked: words stay words, so that every complaint about them is made in one place.
 *
 * @param noReload      {@code --no-reload}
 * @param reloadDelay   {@code --reload-delay}
 * @param strategy      {@code --strategy}
 * @param preserveState {@code --preserve-state}, or its negation
 * @param python        {@code --python}
 * @param registryUrl   {@code --registry-url}
 * @param poll          {@code --poll[=INTERVAL]}; an empty text when no interval was given
 * @param stopTimeout   {@code --stop-timeout}
 * @param noPrecheck    {@code --no-precheck}
 * @param noRunner      {@code --no-runner}
 * @param env           {@code -e KEY=VALUE}, in their order; secret
 * @param envFiles      {@code --env-file}, in their order
 */
public record Flags(
        boolean noReload,
        Optional<String> reloadDelay,
        Optional<String> strategy,
        Optional<Boolean> preserveState,
        Optional<String> python,
        Optional<String> registryUrl,
        Optional<String> poll,
        Optional<String> stopTimeout,
        boolean noPrecheck,
        boolean noRunner,
        List<String> env,
        List<String> envFiles) {
    /** A command line without any of them. */
    public static final Flags NONE = new Flags(false, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false, List.of(), List.of());

    public Flags {
        env = List.copyOf(env);
        envFiles = List.copyOf(envFiles);
    }

    /** Nothing but the count of what may be secret. */
    @Override
    public String toString() {
        return "Flags[" + env.size() + " variables, " + envFiles.size() + " env files]";
    }
}
