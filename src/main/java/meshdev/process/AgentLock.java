package meshdev.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Says that this mesh-dev supervises an agent. The system frees the lock when the process ends, however it ends; the
 * file stays, because deleting it would let two processes lock two files of one name.
 */
public final class AgentLock implements AutoCloseable {
    /** Far behind the number, so that whoever is refused the lock can still read it. */
    private static final long LOCKED_BYTE = 1L << 30;
    private static final int LONGEST_PID = 20;

    private final FileChannel channel;

    private AgentLock(FileChannel channel) {
        this.channel = channel;
    }

    /** What came of the attempt: the lock, or the pid of who has it (0 when that could not be read). */
    public record Attempt(Optional<AgentLock> lock, long holder) {
    }

    /**
     * Tries to take the lock; never waits.
     *
     * @throws IOException when the folder or file can't be used
     */
    public static Attempt tryLock(Path file, long ownPid) throws IOException {
        Files.createDirectories(file.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (!acquired(channel)) {
            long holder = read(channel);
            channel.close();
            return new Attempt(Optional.empty(), holder);
        }
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ownPid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Attempt(Optional.of(new AgentLock(channel)), ownPid);
    }

    private static boolean acquired(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this JVM has it
        }
    }

    private static long read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim();
        return pid.isEmpty() || !pid.chars().allMatch(Character::isDigit) ? 0 : Long.parseLong(pid);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
