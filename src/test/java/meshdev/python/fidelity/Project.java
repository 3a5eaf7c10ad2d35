package meshdev.python.fidelity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with agents and a virtual environment of its own, into which packages are put by hand.
 *
 * @param root of a name that is not used yet
 */
record Project(Path root, Interpreter interpreter) {
    private static final Path PROBES = Path.of("src/test/resources/fidelity").toAbsolutePath();

    Project {
        try {
            Files.createDirectories(root.resolve("venv/bin"));
            Files.createDirectories(site(root, interpreter));
            Files.createDirectories(root.resolve("agents"));
            Files.createSymbolicLink(root.resolve("venv/bin/python"), interpreter.executable());
            Files.writeString(root.resolve("venv/pyvenv.cfg"), "home = " + interpreter.executable().getParent()
                    + "\ninclude-system-site-packages = false\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Path python() {
        return root.resolve("venv/bin/python");
    }

    /** Where agents are, and what they run in. */
    Path folder() {
        return root.resolve("agents");
    }

    Path site() {
        return site(root, interpreter);
    }

    private static Path site(Path root, Interpreter interpreter) {
        return root.resolve("venv/lib/python3." + interpreter.minor() + "/site-packages");
    }

    Path write(String name, String source) throws IOException {
        return write(folder(), name, source.getBytes(StandardCharsets.UTF_8));
    }

    Path install(String name, String source) throws IOException {
        return write(site(), name, source.getBytes(StandardCharsets.UTF_8));
    }

    /** A program of the test's resources. */
    Path copy(String name) throws IOException {
        return write(folder(), name, Files.readAllBytes(PROBES.resolve(name)));
    }

    static Path write(Path folder, String name, byte[] source) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, source);
    }

    /** How an agent in it is run. */
    Call call(Object... words) {
        return Call.of(this, words);
    }
}
