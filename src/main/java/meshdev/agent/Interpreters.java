package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.Origin;
import meshdev.config.Sourced;

/**
 * Chooses the Python that runs the agents: the one asked for, the active {@code VIRTUAL_ENV}, {@code .venv}, {@code venv}
 * (each in the project root, then in the working directory), {@code python3}, {@code python}. A choice that is broken is an
 * error and never passed over in silence, because agents would then run with other packages than the user thinks.
 */
public final class Interpreters {
    private static final String[] IN_VENV = {"bin/python", "bin/python3"};

    private final Surroundings place;
    private final Optional<Sourced<String>> asked;
    private final InterpreterProbe probe;
    private final Programs programs;

    /**
     * @param asked of {@code --python} or {@code MCP_MESH_PYTHON}: a path, or the name of a program on PATH
     * @param probe asked about shims only: interpreters that are scripts
     */
    public Interpreters(Surroundings place, Optional<Sourced<String>> asked, InterpreterProbe probe) {
        this.place = place;
        this.asked = asked;
        this.probe = probe;
        this.programs = new Programs(place);
    }

    /** @throws ConfigException saying what chose the interpreter, what is wrong with it and the remedy */
    public Interpreter choose() {
        if (asked.isPresent()) {
            return asked(asked.get());
        }
        String active = place.variable("VIRTUAL_ENV");
        if (!active.isEmpty()) {
            return inVenv(place.workingDirectory().resolve(active), Origin.variable("VIRTUAL_ENV"));
        }
        Optional<Interpreter> venv = venv(".venv");
        if (venv.isEmpty()) {
            venv = venv("venv");
        }
        return venv.isPresent() ? venv.get() : onPath();
    }

    private Interpreter asked(Sourced<String> wanted) {
        String written = wanted.value();
        Optional<Path> onPath = written.isEmpty() || written.indexOf('/') >= 0 ? Optional.empty() : programs.find(written);
        Path file;
        try {
            file = onPath.orElse(place.workingDirectory().resolve(written).normalize());
        } catch (InvalidPathException e) {
            throw wrong(wanted.origin() + ": " + Shown.escaped(written) + " is no path", wanted.origin());
        }
        if (onPath.isEmpty() && written.indexOf('/') < 0 && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw wrong(wanted.origin() + ": " + Shown.escaped(written) + " is not on PATH", wanted.origin());
        }
        return checked(file, wanted.origin());
    }

    private Optional<Interpreter> venv(String name) {
        Path folder = place.projectRoot().resolve(name);
        if (!isVenv(folder)) {
            folder = place.workingDirectory().resolve(name);
        }
        return isVenv(folder) ? Optional.of(inVenv(folder, new Origin(name))) : Optional.empty();
    }

    /** A folder of this name may be anything; an environment has its configuration or an interpreter, even a broken one. */
    private static boolean isVenv(Path folder) {
        return Files.exists(folder.resolve("pyvenv.cfg"))
                || Files.exists(folder.resolve(IN_VENV[0]), LinkOption.NOFOLLOW_LINKS);
    }

    private Interpreter inVenv(Path folder, Origin origin) {
        for (String name : IN_VENV) {
            Path file = folder.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return checked(file, origin);
            }
        }
        String what = Files.isDirectory(folder) ? " has no bin/python" : " is no folder";
        throw wrong(origin + ": the virtual environment " + place.shown(folder) + what, origin);
    }

    private Interpreter onPath() {
        for (String name : new String[] {"python3", "python"}) {
            Optional<Path> file = programs.find(name);
            if (file.isPresent()) {
                return checked(file.get(), new Origin("PATH"));
            }
        }
        throw new ConfigException("no Python found: no .venv, no venv, and neither python3 nor python on PATH; "
                + "install Python, or name one with --python");
    }

    private Interpreter checked(Path file, Origin origin) {
        Optional<String> problem = ExecutableFile.problem(file);
        if (problem.isPresent()) {
            throw wrong(origin + ": " + place.shown(file) + " " + problem.get(), origin);
        }
        String label = place.shown(file);
        if (ExecutableFile.isScript(file)) {
            Optional<InterpreterProbe.Probed> real = probe.probe(file);
            if (real.isPresent() && ExecutableFile.problem(real.get().executable()).isEmpty()) {
                return new Interpreter(real.get().executable(), label, origin, Optional.of(real.get().version()));
            }
        }
        return new Interpreter(file, label, origin, VenvVersion.of(file));
    }

    private static ConfigException wrong(String problem, Origin origin) {
        return new ConfigException(problem + switch (origin.text()) {
            case "VIRTUAL_ENV" -> "; run deactivate, make the environment again, or name a Python with --python";
            case ".venv", "venv" ->
                    "; make it again (python3 -m venv --clear " + origin + "), or name a Python with --python";
            case "PATH" -> "; install Python, or name one with --python";
            default -> "; name a Python interpreter, such as .venv/bin/python or python3";
        });
    }
}
