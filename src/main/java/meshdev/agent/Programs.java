package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks programs up on {@code PATH} as {@code execvp} does: the first regular file that may be executed. */
final class Programs {
    private final Surroundings place;

    Programs(Surroundings place) {
        this.place = place;
    }

    /** The absolute path of a program, links not resolved; empty when no folder of {@code PATH} has it. */
    Optional<Path> find(String name) {
        String path = place.variable("PATH");
        int from = 0;
        while (from <= path.length()) {
            int colon = path.indexOf(':', from);
            int to = colon < 0 ? path.length() : colon;
            Optional<Path> found = in(path.substring(from, to), name);
            if (found.isPresent()) {
                return found;
            }
            from = to + 1;
        }
        return Optional.empty();
    }

    /** An empty folder means the working directory, as in a shell; a folder that is no path is passed over. */
    private Optional<Path> in(String folder, String name) {
        try {
            Path file = place.workingDirectory().resolve(folder).resolve(name);
            return Files.isRegularFile(file) && Files.isExecutable(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
