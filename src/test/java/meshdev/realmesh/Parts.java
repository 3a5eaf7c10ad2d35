package meshdev.realmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code src/real-mesh/install} got. A part that is missing fails whoever asks for it. */
final class Parts {
    private static final Path FOLDER = Path.of(System.getProperty("meshdev.realmesh", "target/real-mesh")).toAbsolutePath();
    private static final Path SOURCES = Path.of("src/test/resources/real-mesh").toAbsolutePath();

    private Parts() {
    }

    static Path registry() {
        String given = System.getProperty("meshdev.registry.program");
        return present(given == null ? FOLDER.resolve("bin/mcp-mesh-registry") : Path.of(given));
    }

    static Path meshctl() {
        return present(FOLDER.resolve("bin/meshctl"));
    }

    /** Has the SDK for Python agents. */
    static Path python() {
        return present(FOLDER.resolve("venv/bin/python"));
    }

    /** A Java agent, built. */
    static Path taxJar() {
        return present(FOLDER.resolve("tax/target/tax.jar"));
    }

    /** The folder that it was built from. */
    static Path taxFolder() {
        return present(SOURCES.resolve("tax"));
    }

    /** An agent's source, with places for {@code @PORT@} and others. */
    static String agent(String name) {
        try {
            return Files.readString(SOURCES.resolve("agents").resolve(name + ".py"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path present(Path part) {
        if (!Files.exists(part)) {
            throw new AssertionError(part + " is missing; run src/real-mesh/install first");
        }
        return part;
    }
}
