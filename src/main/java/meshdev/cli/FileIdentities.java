package meshdev.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each file looked like when it was last seen under its name, so that it is known again under another one. Thread-safe.
 */
final class FileIdentities {
    private final Map<Path, Identity> last = new ConcurrentHashMap<>();

    /** Time and size belong to it: the number of a deleted file is given to the next one that is created. */
    private record Identity(Object key, FileTime modified, long size) {
    }

    /** Remembers what is there now; what is gone stays remembered. */
    void saw(Path file) {
        read(file).ifPresent(identity -> last.put(file, identity));
    }

    /** As {@link #saw}, but only for the first time: its name may be new, and what is in it changes later. */
    void sawFirst(Path file) {
        read(file).ifPresent(identity -> last.putIfAbsent(file, identity));
    }

    /** Whether one file was, when last seen, the other one when that was first seen. */
    boolean moved(Path from, Path to) {
        return last.containsKey(from) && last.get(from).equals(last.get(to));
    }

    /** Forgets what these looked like. */
    void forget(Set<Path> files) {
        last.keySet().removeAll(files);
    }

    private static Optional<Identity> read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Identity(Objects.requireNonNullElse(attributes.fileKey(), ""),
                    attributes.lastModifiedTime(), attributes.size()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
