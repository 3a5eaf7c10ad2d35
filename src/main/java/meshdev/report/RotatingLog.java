package meshdev.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log file that threads and processes share, rotated by whoever finds it full; see {@link Rotation}.
 *
 * <p>Opened at the first line. A file deleted or moved away is noticed by the first line {@link #CHECK_EVERY} later.
 * What can't be written is counted and forgotten: the caller is never told and waits no longer than one write takes; a
 * warning says when that begins and another when it is over, and it is tried again every {@link #RETRY_EVERY}.
 * Thread-safe.
 */
final class RotatingLog {
    static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    static final Duration RETRY_EVERY = Duration.ofSeconds(2);

    private final Path path;
    private final Rotation rotation;
    private final InstantSource clock;
    private final Consumer<String> warnings;

    private Optional<LogFile> file = Optional.empty();
    private Instant nextCheck = Instant.MIN;
    private Instant nextTry = Instant.MIN;
    private boolean failing;
    private boolean torn;
    private long lost;

    /**
     * @param warnings given whole sentences for a user, without a lock held; may end up writing to this very log
     */
    RotatingLog(Path path, Rotation rotation, InstantSource clock, Consumer<String> warnings) {
        this.path = path.toAbsolutePath();
        this.rotation = rotation;
        this.clock = clock;
        this.warnings = warnings;
    }

    Path path() {
        return path;
    }

    /** Appends a line; it must not contain a line end. */
    void append(CharSequence line) {
        // A pump may be interrupted when its agent goes; an interrupt would close the channel, so it is put off.
        boolean interrupted = Thread.interrupted();
        try {
            Optional<String> warning = appendOrCount(line);
            if (warning.isPresent()) {
                warnings.accept(warning.get());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the file; a later line would open it again. */
    synchronized void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            // Every line was handed to the system already; there is nothing left to lose.
        }
        file = Optional.empty();
    }

    private synchronized Optional<String> appendOrCount(CharSequence line) {
        Instant now = clock.instant();
        if (failing && now.isBefore(nextTry)) {
            lost++;
            return Optional.empty();
        }
        try {
            write(line, now);
            return resumed();
        } catch (IOException e) {
            lost++;
            close();
            nextTry = now.plus(RETRY_EVERY);
            return failed(e);
        }
    }

    private void write(CharSequence line, Instant now) throws IOException {
        ByteBuffer bytes = encode(line);
        try {
            append(ready(now), bytes);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            close();
            try {
                append(ready(now), bytes);
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void append(LogFile to, ByteBuffer bytes) throws IOException {
        try {
            to.append(bytes);
            torn = false;
        } catch (IOException e) {
            torn |= bytes.position() > 0;
            throw e;
        }
    }

    /** After a write that a full disk cut off, the next line begins on a line of its own. */
    private ByteBuffer encode(CharSequence line) {
        StringBuilder text = new StringBuilder(line.length() + 2);
        if (torn) {
            text.append('\n');
        }
        return ByteBuffer.wrap(text.append(line).append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private LogFile ready(Instant now) throws IOException {
        if (file.isPresent() && !now.isBefore(nextCheck)) {
            nextCheck = now.plus(CHECK_EVERY);
            if (!file.get().isInPlace()) {
                close();
            }
        }
        LogFile current = current();
        if (current.size() >= rotation.maxBytes() && rotation.rotate(path, current)) {
            close();
            current = current();
        }
        return current;
    }

    private LogFile current() throws IOException {
        if (file.isEmpty()) {
            file = Optional.of(LogFile.open(path));
        }
        return file.get();
    }

    private Optional<String> failed(IOException e) {
        if (failing) {
            return Optional.empty();
        }
        failing = true;
        return Optional.of("Cannot write the log " + Sanitizer.escapeName(path.toString()) + ": "
                + Sanitizer.escapeName(IoReason.of(e)) + "; going on without it and trying again");
    }

    private Optional<String> resumed() {
        if (!failing) {
            return Optional.empty();
        }
        String resumed = "Writing the log " + Sanitizer.escapeName(path.toString()) + " again; "
                + lost + (lost == 1 ? " line is" : " lines are") + " missing";
        failing = false;
        lost = 0;
        return Optional.of(resumed);
    }
}
