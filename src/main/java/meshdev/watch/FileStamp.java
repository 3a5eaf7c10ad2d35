package meshdev.watch;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from the next without reading it. The change time of the inode is left out on
 * purpose: it also moves for chmod and xattr, and telling those from an edit that put size and modification time back
 * would need the content of every file.
 *
 * @param identity      device and inode, so that a replaced file differs even with equal times
 * @param size          bytes
 * @param modifiedNanos since 1970
 */
record FileStamp(Object identity, long size, long modifiedNanos) {
    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(Objects.requireNonNullElse(attributes.fileKey(), ""), attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }
}
