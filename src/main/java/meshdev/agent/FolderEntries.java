package meshdev.agent;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists folders in the same order on every machine. */
final class FolderEntries {
    private FolderEntries() {
    }

    /** What lies directly in a folder, by name. */
    static List<Path> of(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(entries);
        return entries;
    }

    /** Why reading failed; Java's own message is mostly the path alone, which the user knows already. */
    static String cause(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : Shown.escaped(String.valueOf(e.getMessage()));
    }
}
