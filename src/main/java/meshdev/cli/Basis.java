package meshdev.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.agent.StartPaths;
import meshdev.agent.Surroundings;
import meshdev.config.ConfigException;
import meshdev.config.DotEnv;
import meshdev.config.Meshwatch;
import meshdev.config.MeshwatchReader;
import meshdev.config.ProjectRoot;
import meshdev.config.RegistryVariables;

/**
 * What stays as it was when a run began, whatever its files say later.
 *
 * @param place     the environment, the working directory and the project root
 * @param start     the folders and files among the start paths as they were then
 * @param meshwatch the file that is read, or would be if it were there; absolute
 * @param dotEnv    the project's {@code .env} as it was then
 */
record Basis(Options options, Caller caller, Surroundings place, StartPaths start, List<Path> folders, List<Path> files,
        Path meshwatch, RegistryVariables registry, DotEnv dotEnv) {
    private static final String DOT_ENV = ".env";

    static Path meshwatchFile(Options options, Path root, Caller caller) {
        return options.config().isPresent() ? caller.workingDirectory().resolve(options.config().get()).normalize()
                : root.resolve(ProjectRoot.FILE);
    }

    Path root() {
        return place.projectRoot();
    }

    /** The file as it is; the built-in rules when it is not there and was not asked for. */
    static Meshwatch readMeshwatch(Options options, Path file, Path here) {
        if (options.config().isPresent()) {
            return MeshwatchReader.read(file, options.config().get().toString());
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? MeshwatchReader.read(file, ProjectRoot.displayName(file, here)) : Meshwatch.builtIn();
    }

    /** The file as it is now. @throws ConfigException when one that was there is gone, too */
    Meshwatch readMeshwatch(Meshwatch before) {
        if (before.file().isPresent() && !Files.exists(meshwatch, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(shown(meshwatch) + ": the file is gone; put it back, or restart mesh-dev to do without it");
        }
        return readMeshwatch(options, meshwatch, caller.workingDirectory());
    }

    /** The file as it is; empty when it is not there. */
    DotEnv readDotEnv() {
        return readDotEnv(root(), caller.workingDirectory());
    }

    static DotEnv readDotEnv(Path root, Path here) {
        Path file = root.resolve(DOT_ENV);
        return DotEnv.readIfPresent(file, ProjectRoot.displayName(file, here));
    }

    /** Every file that settings are read from, whether it is there or not. */
    List<Path> configuration(Meshwatch said) {
        List<Path> all = new ArrayList<>(List.of(meshwatch, root().resolve(DOT_ENV)));
        if (said.envFile().isPresent()) {
            add(all, root(), said.envFile().get().value());
        }
        for (String file : options.flags().envFiles()) {
            add(all, caller.workingDirectory(), file);
        }
        return all;
    }

    /** What is no path has a complaint of its own, where it is read. */
    private static void add(List<Path> all, Path base, String file) {
        try {
            all.add(base.resolve(file).normalize());
        } catch (InvalidPathException e) {
            return;
        }
    }

    private String shown(Path file) {
        return ProjectRoot.displayName(file, caller.workingDirectory());
    }
}
