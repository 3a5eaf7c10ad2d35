package meshdev.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from the next without reading it.
 *
 * @param identity      device and inode
 * @param size          bytes
 * @param modifiedNanos since 1970
 */
record Stamp(Object identity, long size, long modifiedNanos) {
    /** Empty when there is no such file. */
    static Optional<Stamp> of(Path file) {
        try {
            BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
            return of.isRegularFile() ? Optional.of(new Stamp(Objects.requireNonNullElse(of.fileKey(), ""), of.size(),
                    of.lastModifiedTime().to(TimeUnit.NANOSECONDS))) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
