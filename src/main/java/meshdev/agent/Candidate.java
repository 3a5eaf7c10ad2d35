package meshdev.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program that may become an agent; not named yet.
 *
 * @param file   absolute; the folder itself when it has no entry point of its own and a {@code command} starts it
 * @param folder present for a folder agent; absolute
 * @param source of the entry file, or of a notebook's code cells; says nothing when it is not Python
 */
record Candidate(Path file, Optional<Path> folder, Agent.Kind kind, PythonSource source) {

    /** Reads the entry file when it is Python or a notebook. */
    static Candidate of(Path file, Optional<Path> folder, Agent.Kind kind) throws IOException {
        PythonSource source = switch (kind) {
            case PYTHON -> PythonSource.read(file);
            case NOTEBOOK -> PythonSource.of(NotebookCells.read(file));
            default -> PythonSource.NONE;
        };
        return new Candidate(file, folder, kind, source);
    }

    /** What the user calls it: the folder of a folder agent, else the file. */
    Path subject() {
        return folder.isPresent() ? folder.get() : file;
    }

    /** Whether a path of the user's means this program: its entry file, or its folder. */
    boolean isAt(Path path) {
        return file.equals(path) || folder.isPresent() && folder.get().equals(path);
    }
}
