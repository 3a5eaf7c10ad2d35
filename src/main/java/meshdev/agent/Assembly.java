package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Sourced;

/** Puts agents together from drafts: their working directory, command and settings. */
final class Assembly {
    private final Surroundings place;

    Assembly(Surroundings place) {
        this.place = place;
    }

    /** @throws ConfigException when the working directory or a program it needs does not exist */
    Agent agent(Draft draft, Commands commands) {
        Candidate program = draft.candidate();
        Path directory = directory(draft);
        if (draft.settings().isEmpty()) {
            return new Agent(draft.name(), program.kind(), program.file(), program.folder(), commands.of(program),
                    directory, Map.of(), OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(),
                    Optional.empty());
        }
        AgentSettings settings = draft.settings().get();
        List<String> command = draft.hasCommand() ? given(settings, directory) : commands.of(program);
        return new Agent(draft.name(), program.kind(), program.file(), program.folder(), command, directory,
                settings.env(), port(settings), text(settings.health()), settings.watch(), text(settings.stopSignal()),
                timeout(settings));
    }

    /** The {@code cwd} of an entry; absolute. @throws ConfigException with its place when it is no folder */
    Optional<Path> cwd(AgentSettings settings) {
        if (settings.cwd().isEmpty()) {
            return Optional.empty();
        }
        Sourced<String> written = settings.cwd().get();
        try {
            Path folder = place.projectRoot().resolve(written.value()).normalize();
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        } catch (InvalidPathException e) {
            // No folder has this name in this locale, so it does not exist either.
        }
        throw new ConfigException(written.origin() + ": cwd " + Shown.escaped(written.value())
                + ": no such folder; it is taken from the project root " + Shown.escaped(place.projectRoot().toString()));
    }

    /** Programs that only {@code .meshwatch} knows run where its relative paths are taken from. */
    private Path directory(Draft draft) {
        if (draft.settings().isPresent()) {
            AgentSettings settings = draft.settings().get();
            Optional<Path> cwd = cwd(settings);
            if (cwd.isPresent()) {
                return cwd.get();
            }
            if (settings.path().isEmpty() && draft.added()) {
                return place.projectRoot();
            }
        }
        return draft.candidate().folder().orElse(place.workingDirectory());
    }

    /** A program written with a slash is taken from the agent's working directory; another one is left to PATH. */
    private List<String> given(AgentSettings settings, Path directory) {
        List<String> command = new ArrayList<>(settings.command());
        String program = command.get(0);
        if (program.indexOf('/') >= 0) {
            Path file = directory.resolve(program).normalize();
            Optional<String> problem = ExecutableFile.problem(file);
            if (problem.isPresent()) {
                refuseLine(settings, program);
                throw new ConfigException(settings.origin() + ": command: " + place.shown(file) + " " + problem.get()
                        + "; it is taken from " + Shown.escaped(directory.toString()));
            }
            command.set(0, file.toString());
        } else if (!settings.env().containsKey("PATH") && new Programs(place).find(program).isEmpty()) {
            refuseLine(settings, program);
            throw new ConfigException(settings.origin() + ": command: " + Shown.escaped(program)
                    + " is not on PATH; install it, or write its path (./" + Shown.escaped(program) + ")");
        }
        return command;
    }

    private static void refuseLine(AgentSettings settings, String program) {
        if (program.indexOf(' ') >= 0) {
            throw new ConfigException(settings.origin() + ": command: one text is one program; write a list with one"
                    + " word an item, such as [python3, agents/a.py]");
        }
    }

    private static OptionalInt port(AgentSettings settings) {
        return settings.port().isPresent() ? OptionalInt.of(settings.port().get().value()) : OptionalInt.empty();
    }

    private static Optional<String> text(Optional<Sourced<String>> setting) {
        return setting.isPresent() ? Optional.of(setting.get().value()) : Optional.empty();
    }

    private static Optional<Duration> timeout(AgentSettings settings) {
        return settings.stopTimeout().isPresent() ? Optional.of(settings.stopTimeout().get().value()) : Optional.empty();
    }
}
