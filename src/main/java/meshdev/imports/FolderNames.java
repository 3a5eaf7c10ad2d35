package meshdev.imports;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The disk, as far as finding modules needs it. */
@FunctionalInterface
public interface FolderNames {
    /** The names in real folders. */
    FolderNames DISK = folder -> Optional.ofNullable(folder.toFile().list()).map(names -> Set.of(names));

    /** The names in a folder; empty when it is none, or cannot be read. */
    Optional<Set<String>> in(Path folder);
}
