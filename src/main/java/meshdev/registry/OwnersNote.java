package meshdev.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.LoggerFactory;

/**
 * Which file the registry at a port keeps its data in, written down by the mesh-dev that started it for the one that will take
 * over. Databases with passwords are not written down: whoever takes over needs the same settings then. Used by one thread.
 */
final class OwnersNote {
    private final Path file;
    private boolean asked;
    private boolean concerned;

    /** @param home {@code MCP_MESH_HOME} */
    OwnersNote(Path home, int port) {
        this.file = home.resolve("run").resolve("registry-" + port + ".note");
    }

    /** A registry of ours runs on this database. Without the note others take over on theirs, and agents register again. */
    void write(long pid, Database database) {
        try {
            if (database.file().isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path unfinished = Files.createTempFile(file.getParent(), "registry", ".tmp");
            Files.writeString(unfinished, pid + " " + database.url(), StandardCharsets.UTF_8);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LoggerFactory.getLogger(OwnersNote.class).warn("not noted for others: {}", e.toString());
        }
    }

    /** Another registry is used from now on. */
    void forget() {
        asked = false;
        concerned = false;
    }

    /** Whether it has still to be found out if the note is about the registry that is used. */
    boolean isUnasked() {
        return !asked;
    }

    /**
     * The note may be about a registry of long ago. It is about this one if its process was noted; when that is started again
     * later, so is the note written.
     *
     * @param holder whose registry is used; empty when the system does not tell
     */
    void recognise(OptionalLong holder) {
        asked = true;
        concerned = read().filter(words -> holder.isEmpty() || words[0].equals(Long.toString(holder.getAsLong()))).isPresent();
    }

    /** The database of the registry that was used, if it is known and still there. */
    Optional<Database> inherited() {
        try {
            return concerned ? read().map(words -> Path.of(words[1])).filter(Files::isRegularFile).map(Database::ofFile)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<String[]> read() {
        try {
            String[] words = Files.readString(file, StandardCharsets.UTF_8).split(" ", 2);
            return words.length == 2 ? Optional.of(words) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
