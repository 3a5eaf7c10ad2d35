package meshdev.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The interpreters of this machine. */
public final class Pythons {
    public static final Path LIBRARY = Path.of("src/main/dist/lib").toAbsolutePath();
    private static final Path INSTALLED = Path.of("/root/.pyenv/versions");

    private Pythons() {
    }

    /** {@code python3} of the PATH, and every version from 3.8 on. */
    public static List<Path> all() {
        List<Path> found = new ArrayList<>(List.of(usual()));
        if (!Files.isReadable(INSTALLED)) {
            return found;
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            versions.filter(version -> version.getFileName().toString().matches("3\\.([89]|1\\d).*"))
                    .map(version -> version.resolve("bin/python")).filter(Files::isExecutable).sorted().forEach(found::add);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path usual() {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "python3"))) {
                return Path.of(folder, "python3");
            }
        }
        throw new IllegalStateException("no python3 on PATH");
    }

    static Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"), "HOME", System.getenv("HOME"));
    }
}
