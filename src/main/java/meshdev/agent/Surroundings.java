package meshdev.agent;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where mesh-dev was started: everything outside the arguments that decides which agents and programs are found.
 *
 * @param environment      the inherited environment of mesh-dev
 * @param workingDirectory absolute and normalised; relative arguments are taken from here
 * @param projectRoot      absolute and normalised; relative paths of {@code .meshwatch} are taken from here
 * @param library          mesh-dev's own folder of programs in other languages
 */
public record Surroundings(Map<String, String> environment, Path workingDirectory, Path projectRoot, Path library) {
    public Surroundings {
        environment = Map.copyOf(environment);
        workingDirectory = workingDirectory.toAbsolutePath().normalize();
        projectRoot = projectRoot.toAbsolutePath().normalize();
    }

    /** The value of a variable; the empty string when it is unset, because nobody here tells the two apart. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** How a path is written for the user: relative to where he is, when it lies below. */
    String shown(Path file) {
        return Shown.path(file, workingDirectory);
    }
}
