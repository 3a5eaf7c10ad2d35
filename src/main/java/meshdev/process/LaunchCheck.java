package meshdev.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks before the leap: the system answers "no such file" alike for a missing program, a missing interpreter in its
 * first line and a missing working directory, so each is looked at by itself.
 */
final class LaunchCheck {
    private LaunchCheck() {
    }

    /** Why this cannot be launched, in a user's words; empty when nothing speaks against it. */
    static Optional<String> problem(LaunchSpec spec) {
        if (!Files.isDirectory(spec.workingDirectory())) {
            return Optional.of("its working directory " + spec.workingDirectory() + " does not exist");
        }
        String program = spec.command().get(0);
        if (program.indexOf('/') < 0) {
            return onPath(program, spec) ? Optional.empty()
                    : Optional.of(program + " was not found on the PATH; install it or name it with its path");
        }
        return problemOf(spec.workingDirectory().resolve(program));
    }

    private static boolean onPath(String program, LaunchSpec spec) {
        for (String folder : spec.environment().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
            Path candidate = spec.workingDirectory().resolve(folder).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> problemOf(Path program) {
        if (Files.isDirectory(program)) {
            return Optional.of(program + " is a folder, not a program");
        }
        if (Files.isSymbolicLink(program) && !Files.exists(program)) {
            return Optional.of(program + " is a link to something that does not exist any more");
        }
        if (!Files.exists(program)) {
            return Optional.of(program + " does not exist");
        }
        if (!Files.isExecutable(program)) {
            return Optional.of(program + " is not executable; try: chmod +x " + program);
        }
        return missingInterpreter(program).map(i -> "the first line of " + program + " names " + i + ", which does not exist");
    }

    private static Optional<String> missingInterpreter(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            String start = new String(in.readNBytes(256), StandardCharsets.ISO_8859_1);
            if (!start.startsWith("#!")) {
                return Optional.empty();
            }
            String interpreter = start.substring(2).strip().split("[\\s]", 2)[0];
            return Files.exists(Path.of(interpreter)) ? Optional.empty() : Optional.of(interpreter);
        } catch (IOException e) {
            return Optional.empty(); // executable but not readable
        }
    }
}
