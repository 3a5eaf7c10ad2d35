package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meshdev.config.ConfigException;

/**
 * Finds the agents of one folder argument: Python files that look like one, and sub-folders with an entry point. Looks no
 * deeper. A folder that has an entry point itself is one folder agent, so that {@code start agents/orders/} starts what
 * {@code start agents/} starts for it, unless something else in it stands alone as an agent; then it is a folder of agents.
 */
final class FolderSearch {
    private final Surroundings place;
    private final Predicate<Path> excluded;
    private final List<Candidate> found = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    FolderSearch(Surroundings place, Predicate<Path> excluded) {
        this.place = place;
        this.excluded = excluded;
    }

    List<Candidate> found() {
        return found;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /**
     * Adds what the folder holds, by name.
     *
     * @throws ConfigException when the folder cannot be read
     */
    void search(Path folder) {
        try {
            Optional<Path> entryPoint = Kinds.entryPoint(folder);
            FolderSearch inside = new FolderSearch(place, excluded);
            for (Path entry : FolderEntries.of(folder)) {
                inside.look(entry);
            }
            if (entryPoint.isPresent() && !inside.hasOtherThan(entryPoint.get())) {
                add(entryPoint.get(), Optional.of(folder));
            } else {
                found.addAll(inside.found);
                skipped.addAll(inside.skipped);
            }
        } catch (IOException e) {
            throw new ConfigException(place.shown(folder) + ": the folder cannot be read ("
                    + FolderEntries.cause(e) + "); check its permissions");
        }
    }

    /** Whether the folder is more than the program its entry point starts; helpers with a guard of a Python one are not. */
    private boolean hasOtherThan(Path entryPoint) {
        boolean python = Kinds.of(entryPoint).equals(Optional.of(Agent.Kind.PYTHON));
        for (Candidate candidate : found) {
            boolean own = candidate.file().equals(entryPoint);
            boolean weighty = candidate.kind() == Agent.Kind.MAVEN || candidate.source().standsAlone()
                    || !python && candidate.folder().isEmpty();
            if (!own && weighty) {
                return true;
            }
        }
        return false;
    }

    private void look(Path entry) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            lookAtFolder(entry, name);
            return;
        }
        Optional<String> reason = refusal(entry, name);
        if (reason.isPresent()) {
            skipped.add(new Skipped(entry, reason.get()));
        } else {
            add(entry, Optional.empty());
        }
    }

    private Optional<String> refusal(Path file, String name) {
        if (name.startsWith(".")) {
            return Optional.of("hidden file");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of(Files.isSymbolicLink(file) ? "the link leads nowhere" : "not a regular file");
        }
        if (!name.endsWith(".py") && !name.endsWith(".ipynb")) {
            return Optional.of("not a Python file; name it as an argument or under agents: in .meshwatch if it is an agent");
        }
        if (name.startsWith("test_") || name.equals("conftest.py")) {
            return Optional.of("a test");
        }
        if (name.startsWith("_")) {
            return Optional.of("its name begins with _");
        }
        return excluded.test(file) ? Optional.of("excluded by the watch rules") : Optional.empty();
    }

    private void lookAtFolder(Path folder, String name) {
        if (name.startsWith(".") || name.equals("__pycache__")) {
            return;
        }
        if (excluded.test(folder)) {
            skipped.add(new Skipped(folder, "excluded by the watch rules"));
            return;
        }
        try {
            Optional<Path> entryPoint = Kinds.entryPoint(folder);
            if (entryPoint.isPresent()) {
                add(entryPoint.get(), Optional.of(folder));
            } else {
                skipped.add(new Skipped(folder,
                        "no entry point (main.py, __main__.py, index.ts or .js, also in src, pom.xml or one .jar)"));
            }
        } catch (IOException e) {
            skipped.add(new Skipped(folder, "cannot be read (" + FolderEntries.cause(e) + ")"));
        }
    }

    /** A folder's entry point is an agent whatever it looks like; a Python file or notebook of its own must look like one. */
    private void add(Path file, Optional<Path> folder) {
        try {
            Candidate candidate = Candidate.of(file, folder, Kinds.of(file).orElseThrow());
            boolean python = candidate.kind() == Agent.Kind.PYTHON || candidate.kind() == Agent.Kind.NOTEBOOK;
            if (folder.isPresent() || !python || candidate.source().looksLikeAgent()) {
                found.add(candidate);
            } else {
                skipped.add(new Skipped(file, "no __main__ guard and no use of mesh.agent, mesh_agent or FastMCP"));
            }
        } catch (IOException e) {
            skipped.add(new Skipped(file, "cannot be read (" + FolderEntries.cause(e) + ")"));
        }
    }
}
