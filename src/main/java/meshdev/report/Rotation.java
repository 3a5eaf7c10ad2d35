package meshdev.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How large a log gets and how it makes room: {@code x.log} becomes {@code x.log.1}, that one {@code .2}, and so on.
 *
 * <p>Only a file that has reached its size is ever moved away. So a writer that still has it open sees by its size
 * alone that it must look again, and what it wrote last stands in {@code .1}.
 *
 * @param maxBytes a file that has reached this is rotated before the next line
 * @param files    kept in all, the current one included; at least 2
 */
record Rotation(long maxBytes, int files) {
    static final Rotation STANDARD = new Rotation(10 * 1024 * 1024, 5);

    /** File locks are per process, so threads exclude each other with this. */
    private static final Object WITHIN_PROCESS = new Object();

    Rotation {
        if (maxBytes < 1 || files < 2) {
            throw new IllegalArgumentException("rotation at " + maxBytes + " bytes, " + files + " files");
        }
    }

    /**
     * Moves the full file at the path away, unless somebody did so before or is just doing it.
     *
     * @return whether the path must be opened again
     */
    boolean rotate(Path path, LogFile full) throws IOException {
        synchronized (WITHIN_PROCESS) {
            try (FileChannel channel = LogFile.openLock(path.resolveSibling("." + path.getFileName() + ".lock"));
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return false;
                }
                if (full.isInPlace()) {
                    moveAll(path);
                }
                return true;
            } catch (OverlappingFileLockException e) {
                return false; // another class loader's mesh-dev in this process
            }
        }
    }

    private void moveAll(Path path) throws IOException {
        for (int number = files - 1; number >= 1; number--) {
            Path from = number == 1 ? path : numbered(path, number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(path, number), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static Path numbered(Path path, int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}
