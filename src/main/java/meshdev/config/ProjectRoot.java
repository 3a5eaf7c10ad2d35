package meshdev.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that globs are relative to.
 *
 * @param folder    absolute, links not resolved
 * @param meshwatch the file that made it the root; empty when none was found
 */
public record ProjectRoot(Path folder, Optional<Path> meshwatch) {
    public static final String FILE = ".meshwatch";

    /**
     * The nearest folder with a {@code .meshwatch}, upward from the first argument, then from the working directory; else
     * the working directory.
     *
     * @param arguments        agents and folders as given, possibly none and possibly missing
     * @param workingDirectory absolute
     */
    public static ProjectRoot find(List<Path> arguments, Path workingDirectory) {
        Path here = workingDirectory.normalize();
        if (!arguments.isEmpty()) {
            Path first = here.resolve(arguments.get(0)).normalize();
            Optional<ProjectRoot> above = above(Files.isDirectory(first) ? first : first.getParent());
            if (above.isPresent()) {
                return above.get();
            }
        }
        return above(here).orElse(new ProjectRoot(here, Optional.empty()));
    }

    private static Optional<ProjectRoot> above(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(FILE);
            if (PlainFile.isThere(file)) {
                return Optional.of(new ProjectRoot(folder, Optional.of(file)));
            }
        }
        return Optional.empty();
    }

    /** A path as a user in the working directory would type it: relative when that is not longer. */
    public static String displayName(Path file, Path workingDirectory) {
        String absolute = file.toAbsolutePath().normalize().toString();
        String relative = workingDirectory.toAbsolutePath().normalize()
                .relativize(file.toAbsolutePath().normalize()).toString();
        boolean useful = !relative.isEmpty() && relative.length() <= absolute.length();
        return useful ? relative : absolute;
    }
}
