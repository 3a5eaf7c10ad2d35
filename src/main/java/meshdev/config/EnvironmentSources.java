package meshdev.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that agents' environments are made of, as it was when mesh-dev started.
 *
 * @param inherited        mesh-dev's own environment
 * @param dotEnv           the project's {@code .env}
 * @param root             of the project, absolute
 * @param workingDirectory absolute; files of {@code --env-file} are relative to it
 * @param hotReload        false with {@code --no-reload}
 * @param severalAgents    then what would make them clash is not inherited
 * @param library          mesh-dev's own folder of Python modules; absolute
 * @param states           the folder in which each agent has one for its state; absent when state is not preserved
 */
public record EnvironmentSources(
        Flags flags,
        Map<String, String> inherited,
        DotEnv dotEnv,
        Meshwatch meshwatch,
        RegistryVariables registry,
        Path root,
        Path workingDirectory,
        boolean hotReload,
        boolean severalAgents,
        Path library,
        Optional<Path> states) {

    public EnvironmentSources {
        inherited = SecretMap.copyOf(inherited);
    }

    EnvironmentSources severalAgents(boolean several) {
        return new EnvironmentSources(flags, inherited, dotEnv, meshwatch, registry, root, workingDirectory, hotReload, several, library,
                states);
    }
}
