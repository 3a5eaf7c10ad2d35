package meshdev.python;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Python's cache of compiled files. Python takes a cached file for current when the source's size and its time in whole
 * seconds fit, so two quick edits of one length would run the older code. Source: PEP 552 and {@code importlib}.
 */
public final class ByteCode {
    private static final String CACHE = "__pycache__";
    private static final String SOURCE = ".py";

    private ByteCode() {
    }

    /**
     * Deletes the compiled forms of changed sources. A cache that can't be deleted is left: Python could not have
     * written it for this user either.
     *
     * @param environment the agent's: {@code PYTHONPYCACHEPREFIX} moves the cache
     */
    public static void forget(Set<Path> changed, Map<String, String> environment) {
        for (Path file : changed) {
            String name = file.getFileName().toString();
            if (name.endsWith(SOURCE)) {
                forget(folderOf(file, environment), name.substring(0, name.length() - SOURCE.length()));
            }
        }
    }

    private static Path folderOf(Path source, Map<String, String> environment) {
        String prefix = environment.getOrDefault("PYTHONPYCACHEPREFIX", "");
        Path folder = source.toAbsolutePath().getParent();
        return prefix.isEmpty() ? folder.resolve(CACHE)
                : Path.of(prefix).resolve(folder.getRoot().relativize(folder));
    }

    /** Every interpreter and optimisation level has a file of its own: {@code tax.cpython-311.opt-1.pyc}. */
    private static void forget(Path folder, String stem) {
        DirectoryStream.Filter<Path> compiled = entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith(stem + ".") && name.endsWith(".pyc");
        };
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, compiled)) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(ByteCode.class).warn("Can't delete stale byte code in {}", folder, e);
        }
    }
}
