package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import meshdev.config.ConfigException;

/**
 * The files and folders to start, resolved before watch rules exist, because the rules depend on them.
 *
 * @param paths absolute, normalised, links not resolved, each once, in the order given; all existed when looked at
 * @param given false when the user named none and the default was taken
 */
public record StartPaths(List<Path> paths, boolean given) {
    public StartPaths {
        paths = List.copyOf(paths);
    }

    /**
     * Takes the arguments relative to the working directory; without any, {@code agents/} when it exists, else the
     * working directory.
     *
     * @throws ConfigException when one does not exist or its name is not valid text
     */
    public static StartPaths of(List<String> arguments, Surroundings place) {
        if (arguments.isEmpty()) {
            Path agents = place.workingDirectory().resolve("agents");
            return new StartPaths(List.of(Files.isDirectory(agents) ? agents : place.workingDirectory()), false);
        }
        Set<Path> paths = new LinkedHashSet<>();
        for (String argument : arguments) {
            paths.add(existing(argument, place));
        }
        return new StartPaths(new ArrayList<>(paths), true);
    }

    /** Those that exist at this moment. */
    public StartPaths present() {
        return new StartPaths(paths.stream().filter(Files::exists).toList(), given);
    }

    /** The folders among them. */
    public List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                folders.add(path);
            }
        }
        return folders;
    }

    /** The files among them: each is an agent, and a literal include of the watch rules. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(paths);
        files.removeAll(folders());
        return files;
    }

    /** Whether a path is one of these or lies below; everything is when the user named none. */
    boolean cover(Path path) {
        if (!given) {
            return true;
        }
        for (Path start : paths) {
            if (path.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private static Path existing(String argument, Surroundings place) {
        if (argument.isEmpty()) {
            throw new ConfigException("an empty path was given; name an agent file or a folder of agents");
        }
        Path path;
        try {
            path = place.workingDirectory().resolve(argument).normalize();
        } catch (InvalidPathException e) {
            throw unspeakable(argument);
        }
        if (!Files.exists(path)) {
            throw missing(argument, path, place);
        }
        return path;
    }

    private static ConfigException missing(String argument, Path path, Surroundings place) {
        if (argument.indexOf('\uFFFD') >= 0) {
            return unspeakable(argument);
        }
        String shown = Shown.escaped(argument);
        if (Files.isSymbolicLink(path)) {
            return new ConfigException(shown + ": " + ExecutableFile.problem(path).orElse("cannot be followed")
                    + "; mend the link or name the file itself");
        }
        return new ConfigException(shown + ": no such file or folder; check the spelling, paths are taken from "
                + Shown.escaped(place.workingDirectory().toString())
                + (argument.matches("[0-9.]+(ms|s|m)?") ? "; an interval of polling is written --poll=" + argument : ""));
    }

    private static ConfigException unspeakable(String argument) {
        return new ConfigException(Shown.escaped(argument) + ": the name is not valid text in this locale; "
                + "rename the file, or set a UTF-8 locale such as LC_ALL=C.UTF-8");
    }
}
