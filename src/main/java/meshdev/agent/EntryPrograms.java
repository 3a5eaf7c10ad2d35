package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;

/** Turns entries of {@code agents:} into the programs they name. Every error carries the place in the file. */
final class EntryPrograms {
    private final Surroundings place;

    EntryPrograms(Surroundings place) {
        this.place = place;
    }

    /** The path of an entry that has one; absolute. @throws ConfigException when nothing is there */
    Path path(AgentSettings settings) {
        String written = settings.path().orElseThrow().value();
        Optional<Path> path = resolved(place.projectRoot(), written);
        if (path.isPresent() && Files.exists(path.get())) {
            return path.get();
        }
        throw wrongPath(settings, "path " + Shown.escaped(written) + ": no such file or folder; it is taken from "
                + "the project root " + Shown.escaped(place.projectRoot().toString()));
    }

    /** The program at an entry's path. @throws ConfigException when mesh-dev would not know how to start it */
    Candidate at(Path path, AgentSettings settings) {
        try {
            return Files.isDirectory(path) ? folder(path, settings) : file(path, settings);
        } catch (IOException e) {
            throw wrongPath(settings, place.shown(path) + " cannot be read (" + FolderEntries.cause(e) + ")");
        }
    }

    private Candidate folder(Path folder, AgentSettings settings) throws IOException {
        Optional<Path> entryPoint = Kinds.entryPoint(folder);
        if (entryPoint.isPresent()) {
            return Candidate.of(entryPoint.get(), Optional.of(folder), kind(entryPoint.get()));
        }
        if (settings.command().isEmpty()) {
            throw wrongPath(settings, place.shown(folder)
                    + " has no entry point such as main.py; name the file itself, or add a command");
        }
        return new Candidate(folder, Optional.of(folder), Agent.Kind.EXECUTABLE, PythonSource.NONE);
    }

    private Candidate file(Path file, AgentSettings settings) throws IOException {
        if (Kinds.of(file).isEmpty() && settings.command().isEmpty()) {
            throw wrongPath(settings, "mesh-dev does not know how to start " + place.shown(file)
                    + "; add a command, or make the file executable");
        }
        Optional<Path> folder = Kinds.isMaven(file) ? Optional.of(file.getParent()) : Optional.empty();
        return Candidate.of(file, folder, kind(file));
    }

    /**
     * The program of an entry without path: the first word of its command that is a file below the folder it runs in
     * stands for the agent's source, as {@code server.py} in {@code [python, server.py]}; else the program itself.
     */
    Candidate ofCommand(AgentSettings settings) {
        Path base = new Assembly(place).cwd(settings).orElse(place.projectRoot());
        for (String word : settings.command()) {
            Optional<Path> file = resolved(base, word);
            if (file.isPresent() && Files.isRegularFile(file.get())) {
                return new Candidate(file.get(), Optional.empty(), kind(file.get()), PythonSource.NONE);
            }
        }
        String program = settings.command().get(0);
        Path file = new Programs(place).find(program).orElseGet(() -> base.resolve(program));
        return new Candidate(file, Optional.empty(), Agent.Kind.EXECUTABLE, PythonSource.NONE);
    }

    private static Optional<Path> resolved(Path base, String written) {
        try {
            return Optional.of(base.resolve(written).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Agent.Kind kind(Path file) {
        return Kinds.of(file).orElse(Agent.Kind.EXECUTABLE);
    }

    private static ConfigException wrongPath(AgentSettings settings, String problem) {
        return new ConfigException(settings.path().orElseThrow().origin() + ": " + problem);
    }
}
