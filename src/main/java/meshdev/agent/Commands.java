package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import meshdev.config.ConfigException;

/**
 * Knows how each kind of agent is executed. The interpreter is chosen when the first Python agent asks, once. Files are
 * passed with their absolute path, so that a name such as {@code -rf.py} is no option.
 */
final class Commands {
    private final Surroundings place;
    private final Programs programs;
    private final Supplier<Interpreter> python;
    private Optional<Interpreter> chosen = Optional.empty();

    Commands(Surroundings place, Supplier<Interpreter> python) {
        this.place = place;
        this.programs = new Programs(place);
        this.python = python;
    }

    /** @throws ConfigException naming the agent's file and what to install, when the program it needs is missing */
    List<String> of(Candidate program) {
        Path file = program.file();
        String name = file.toString();
        return switch (program.kind()) {
            case PYTHON -> List.of(interpreter().path().toString(), name);
            case NODE -> List.of(found("node", file, "Node.js"), name);
            case TYPESCRIPT -> List.of(found("npx", file, "Node.js (npx comes with it)"), "tsx", name);
            case JAR -> List.of(java(file), "-jar", name);
            case MAVEN -> List.of(maven(file), "-q", "spring-boot:run");
            case EXECUTABLE -> List.of(executable(file));
            case NOTEBOOK -> List.of(interpreter().path().toString(), place.library().resolve("notebook.py").toString(), name);
        };
    }

    /** The interpreter, if any agent has needed it. */
    Optional<Interpreter> chosen() {
        return chosen;
    }

    private Interpreter interpreter() {
        if (chosen.isEmpty()) {
            chosen = Optional.of(python.get());
        }
        return chosen.get();
    }

    private String java(Path file) {
        String home = place.variable("JAVA_HOME");
        if (programs.find("java").isEmpty() && !home.isEmpty()) {
            Path java = place.workingDirectory().resolve(home).resolve("bin/java");
            if (ExecutableFile.problem(java).isEmpty()) {
                return java.toString();
            }
        }
        return found("java", file, "a Java runtime");
    }

    /** The project's own wrapper is preferred, because it brings the Maven version the project wants. */
    private String maven(Path pom) {
        Path wrapper = pom.resolveSibling("mvnw");
        return Files.isRegularFile(wrapper) && Files.isExecutable(wrapper) ? wrapper.toString()
                : found("mvn", pom, "Maven");
    }

    private String executable(Path file) {
        Optional<String> problem = ExecutableFile.problem(file);
        if (problem.isPresent()) {
            throw new ConfigException(place.shown(file) + " " + problem.get()
                    + "; mend it, or add a command under agents: in .meshwatch");
        }
        return file.toString();
    }

    private String found(String program, Path file, String install) {
        Optional<Path> path = programs.find(program);
        if (path.isEmpty()) {
            throw new ConfigException(place.shown(file) + " needs " + program + ", which is not on PATH; install "
                    + install + ", or add a command under agents: in .meshwatch");
        }
        return path.get().toString();
    }
}
