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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says that this mesh-dev supervises an agent. The system frees the lock when the process ends, however it ends; the
 * file stays, because deleting it would let two processes lock two files of one name.
 */
public final class AgentLock implements AutoCloseable {
    /** Far behind the number, so that whoever is refused the lock can still read it. */
    private static final long LOCKED_BYTE = 1L << 30;
    private static final int LONGEST_PID = 18;
    private static final int LONGEST_NOTE = 200;
    /** More dead runs in a row than anybody will see. */
    private static final int MOST_DEAD_RUNS = 4;

    private final FileChannel channel;
    private final String own;
    private final String before;
    private final List<String> deadRuns;

    private AgentLock(FileChannel channel, String own, String before, List<String> deadRuns) {
        this.channel = channel;
        this.own = own;
        this.before = before;
        this.deadRuns = deadRuns;
    }

    /** What came of the attempt: the lock, or the pid of who has it (0 when that could not be read). */
    public record Attempt(Optional<AgentLock> lock, long holder) {
    }

    /**
     * Tries to take the lock; never waits. The file then holds our pid and run, and the runs that died with this lock
     * until {@link #cleared}.
     *
     * @throws IOException when the folder or file can't be used
     */
    public static Attempt tryLock(Path file, long ownPid, Mark mark) throws IOException {
        Files.createDirectories(file.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            boolean acquired = acquired(channel);
            String[] note = read(channel);
            if (!acquired) {
                channel.close();
                return new Attempt(Optional.empty(), pidIn(note));
            }
            AgentLock lock = new AgentLock(channel, ownPid + " " + mark.run(), String.join(" ", note), runsIn(note));
            lock.write(lock.own + lock.tail());
            return new Attempt(Optional.of(lock), ownPid);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The runs of mesh-dev that had this lock and died without clearing up. Usually none. */
    public List<String> deadRuns() {
        return deadRuns;
    }

    /** Nothing of the dead runs is left. */
    public void cleared() throws IOException {
        write(own);
    }

    private String tail() {
        return deadRuns.isEmpty() ? "" : " " + String.join(" ", deadRuns);
    }

    private void write(String note) throws IOException {
        byte[] text = (note + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(text), 0); // over the old one: a disk that is full keeps that
        channel.truncate(text.length);
    }

    private static boolean acquired(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this JVM has it
        }
    }

    /** The words in the file: the pid, its run, and the dead runs before it; no words after a clean end. */
    private static String[] read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim().split(" ");
    }

    private static long pidIn(String... note) {
        String pid = note[0];
        boolean number = !pid.isEmpty() && pid.length() <= LONGEST_PID && pid.chars().allMatch(Character::isDigit);
        return number ? Long.parseLong(pid) : 0;
    }

    private static List<String> runsIn(String... note) {
        List<String> runs = new ArrayList<>();
        for (int at = 1; at < note.length && at <= MOST_DEAD_RUNS; at++) {
            runs.add(note[at]);
        }
        return runs;
    }

    /** Frees the lock after an end in order: nothing that this run started lives. */
    public void release() throws IOException {
        channel.truncate(0);
        channel.close();
    }

    /** Frees the lock with the note that was there: this run starts nothing. */
    public void giveBack() throws IOException {
        if (before.isEmpty()) {
            release();
        } else {
            write(before);
            channel.close();
        }
    }

    /** Frees the lock and leaves the note for the next run, as the death of this process would. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
