package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells what an entry file is by its name, and finds the entry file of a folder. */
final class Kinds {
    /** Asked in this order; a single {@code .jar} comes after all of them. */
    private static final String[] ENTRY_POINTS = {"main.py", "__main__.py", "src/index.ts", "src/index.js", "index.ts",
        "index.js", "pom.xml"};

    private Kinds() {
    }

    /** Empty for a file that mesh-dev cannot start: of no known kind and not executable. */
    static Optional<Agent.Kind> of(Path file) {
        String name = file.getFileName().toString();
        if (isMaven(file)) {
            return Optional.of(Agent.Kind.MAVEN);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "py" -> Optional.of(Agent.Kind.PYTHON);
            case "ipynb" -> Optional.of(Agent.Kind.NOTEBOOK);
            case "js", "mjs", "cjs" -> Optional.of(Agent.Kind.NODE);
            case "ts", "mts", "cts" -> Optional.of(Agent.Kind.TYPESCRIPT);
            case "jar" -> Optional.of(Agent.Kind.JAR);
            default -> Files.isExecutable(file) ? Optional.of(Agent.Kind.EXECUTABLE) : Optional.empty();
        };
    }

    /** Whether it stands for the whole folder it lies in. */
    static boolean isMaven(Path file) {
        return file.endsWith("pom.xml");
    }

    /**
     * The file a folder agent starts with; empty when the folder is none. Several {@code .jar} files are no entry point,
     * because nothing says which of them is meant.
     *
     * @throws IOException when the folder cannot be read
     */
    static Optional<Path> entryPoint(Path folder) throws IOException {
        for (String name : ENTRY_POINTS) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return onlyJar(folder);
    }

    /** Whether the file would be one in some folder above it. */
    static boolean isEntryPoint(Path file) {
        for (String name : ENTRY_POINTS) {
            if (file.endsWith(name)) {
                return true;
            }
        }
        return file.toString().endsWith(".jar");
    }

    private static Optional<Path> onlyJar(Path folder) throws IOException {
        Optional<Path> jar = Optional.empty();
        for (Path entry : FolderEntries.of(folder)) {
            if (entry.toString().endsWith(".jar") && Files.isRegularFile(entry)) {
                if (jar.isPresent()) {
                    return Optional.empty();
                }
                jar = Optional.of(entry);
            }
        }
        return jar;
    }
}
