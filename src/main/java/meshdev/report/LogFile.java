package meshdev.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One open log file, known by its identity on disk, so that it can be told from another one put at its path. */
final class LogFile implements Closeable {
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> NEW_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int OPEN_ATTEMPTS = 5;

    private final Path path;
    private final FileChannel channel;
    private final Object identity;

    private LogFile(Path path, FileChannel channel, Object identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Opens the file at the path for appending, created with its folders when missing: 0600 and 0700. An existing file
     * loses what others may do with it.
     *
     * @throws IOException also when something that is no file is there
     */
    static LogFile open(Path path) throws IOException {
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent(), NEW_FOLDER);
        }
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            Optional<Object> before = identityAt(path);
            FileChannel channel = openChannel(path);
            // Only the file that was there before and after is surely the one opened; a new one is opened once more.
            if (before.isPresent() && before.equals(identityAt(path))) {
                return new LogFile(path, channel, before.get());
            }
            channel.close();
        }
        throw new IOException("the file keeps being replaced");
    }

    /** Opens a file to be locked, created when missing; nothing is ever written to it. */
    static FileChannel openLock(Path path) throws IOException {
        return openChannel(path);
    }

    private static FileChannel openChannel(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, APPEND, NEW_FILE);
        try {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        } catch (IOException e) {
            // Replaced in between, or another's file: then its permissions are not ours to change.
        }
        return channel;
    }

    /** Opening what is no file could block (a pipe nobody reads) or tell nothing (a folder). */
    private static Optional<Object> identityAt(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(attributes.isDirectory() ? "is a directory" : "is not a regular file");
            }
            return Optional.of(attributes.fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether this is still the file at the path. */
    boolean isInPlace() throws IOException {
        Optional<Object> there = identityAt(path);
        return there.isPresent() && there.get().equals(identity);
    }

    /** In bytes, whoever wrote them. */
    long size() throws IOException {
        return channel.size();
    }

    /** Appends all of it in one write, which other processes' appends can't split; a full disk can. */
    void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
