package meshdev.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * Makes the class-data archive that halves the next start, in a process of its own at the lowest priority.
 *
 * <p>The launcher script chooses the archive's name, so that it tells one build of Java and one build of ours from
 * another, and uses the archive only beside a note ({@code NAME.for}) of the folder it was made for: Java refuses an
 * archive of another class path, and then starts slower than with none.
 *
 * <p>{@link #create} may run on any one thread; {@link #close} may be called from another and ends it early.
 */
public final class ClassArchive implements AutoCloseable {
    static final Duration LONGEST_DUMP = Duration.ofSeconds(60);
    static final Duration KEPT_UNUSED = Duration.ofDays(30);
    private static final String PREFIX = "classes-";
    private static final String SUFFIX = ".jsa";

    private final Path java;
    private final int version;
    private final Path home;
    private final Path target;
    private Process dump;
    private boolean closed;

    /**
     * @param java    the executable that runs this program
     * @param version its feature version, such as 17
     * @param home    the distribution: its {@code lib} holds the program and the list of classes
     * @param target  the archive that the launcher looked for
     */
    public ClassArchive(Path java, int version, Path home, Path target) {
        this.java = Objects.requireNonNull(java);
        this.version = version;
        this.home = Objects.requireNonNull(home);
        this.target = Objects.requireNonNull(target);
    }

    /** What came of it; {@code reason} is for maintainers. */
    public record Outcome(boolean made, String reason) {
        static Outcome not(String reason) {
            return new Outcome(false, reason);
        }
    }

    /** Makes the archive, waiting at most a minute; every failure is an outcome, since a slower start harms nobody. */
    public Outcome create() {
        try {
            if (!Files.isRegularFile(classList())) {
                return Outcome.not("no list of classes at " + classList());
            }
            Files.createDirectories(target.getParent());
            return createLocked();
        } catch (IOException | RuntimeException e) {
            return Outcome.not(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.not("interrupted");
        }
    }

    /** Ends a dump under way; one that has not begun does not begin any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (dump != null) {
            dump.destroyForcibly();
        }
    }

    private Outcome createLocked() throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(target.resolveSibling("classes.lock"), CREATE, WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return Outcome.not("another mesh-dev is making an archive");
            }
            if (isWanted()) {
                return createUnshared();
            }
            return Outcome.not("made meanwhile by another mesh-dev");
        } catch (OverlappingFileLockException e) {
            return Outcome.not("already being made");
        }
    }

    /** Whether the launcher would still not use what is there: the same questions as in {@code bin/mesh-dev}. */
    private boolean isWanted() throws IOException {
        return !Files.isRegularFile(target)
                || !Files.isRegularFile(note())
                || !Files.readString(note()).strip().equals(home.toString())
                || Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(jar())) <= 0;
    }

    private Outcome createUnshared() throws IOException, InterruptedException {
        Path draft = target.resolveSibling(target.getFileName() + ".tmp");
        Path copy = target.resolveSibling(target.getFileName() + ".lst");
        try {
            Outcome dumped = dumpInto(draft, ClassList.fit(classList(), version, copy));
            if (dumped.made()) {
                publish(draft);
                deleteUnused();
            }
            return dumped;
        } finally {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(copy);
        }
    }

    private Outcome dumpInto(Path draft, ClassList classes) throws IOException, InterruptedException {
        Files.deleteIfExists(draft);
        Optional<Process> started = startDump(draft, classes);
        if (started.isEmpty()) {
            return Outcome.not("closed");
        }
        Process process = started.get();
        try {
            if (!process.waitFor(LONGEST_DUMP.toSeconds(), TimeUnit.SECONDS)) {
                return Outcome.not("took longer than " + LONGEST_DUMP.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(draft)) {
            return Outcome.not("java -Xshare:dump ended with " + process.exitValue());
        }
        return new Outcome(true, "made " + target);
    }

    private synchronized Optional<Process> startDump(Path draft, ClassList classes) throws IOException {
        if (closed) {
            return Optional.empty();
        }
        var builder = new ProcessBuilder(command(draft, classes))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        dump = builder.start();
        return Optional.of(dump);
    }

    /** G1, though the program runs with the serial collector: only G1 writes heap objects, and newer ones all read them. */
    private List<String> command(Path draft, ClassList classes) {
        var command = new ArrayList<String>();
        Stream.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"))
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "19")));
        command.addAll(List.of(
                java.toString(), "-Xshare:dump", "-XX:+UseG1GC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(classes.options());
        command.addAll(List.of("-XX:SharedArchiveFile=" + draft, "-cp", jar().toString()));
        return command;
    }

    /** Withdraws the old note before, and writes the new one after, so that no launcher sees a false pair. */
    private void publish(Path draft) throws IOException {
        Files.setLastModifiedTime(draft, newerThan(jar()));
        Files.deleteIfExists(note());
        Files.move(draft, target, ATOMIC_MOVE);
        Path noteDraft = target.resolveSibling(note().getFileName() + ".tmp");
        Files.writeString(noteDraft, home + "\n");
        Files.move(noteDraft, note(), ATOMIC_MOVE);
    }

    /** Now, or after the file when that comes from the future: else the launcher would ask for ever again. */
    private static FileTime newerThan(Path file) throws IOException {
        Instant after = Files.getLastModifiedTime(file).toInstant().plusSeconds(1);
        Instant now = Instant.now();
        return FileTime.from(after.isAfter(now) ? after : now);
    }

    private void deleteUnused() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(KEPT_UNUSED));
        try (Stream<Path> files = Files.list(target.getParent())) {
            for (Path file : files.filter(this::isOther).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(noteOf(file));
                }
            }
        }
    }

    private boolean isOther(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX) && !file.equals(target);
    }

    private Path jar() {
        return home.resolve("lib/mesh-dev.jar");
    }

    private Path classList() {
        return home.resolve("lib/classes.lst");
    }

    private Path note() {
        return noteOf(target);
    }

    private static Path noteOf(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".for");
    }
}
