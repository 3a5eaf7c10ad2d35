package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RotatingLogTest {
    @TempDir
    Path temp;

    private final ManualClock clock = new ManualClock();
    private final List<String> warnings = new ArrayList<>();
    private Path path;
    private RotatingLog log;

    @BeforeEach
    void open() {
        path = temp.resolve("logs/x.log");
        log = new RotatingLog(path, new Rotation(10, 3), clock, warnings::add);
    }

    @Test
    void aFullFileBecomesTheFirstOfTheOldOnesAndTheOldestGoes() throws IOException {
        for (String line : List.of("first line", "second line", "third line", "fourth line", "5", "6")) {
            log.append(line);
        }
        assertEquals("5\n6\n", Files.readString(path));
        assertEquals("fourth line\n", Files.readString(temp.resolve("logs/x.log.1")));
        assertEquals("third line\n", Files.readString(temp.resolve("logs/x.log.2")));
        assertFalse(Files.exists(temp.resolve("logs/x.log.3")));
        assertEquals(List.of(), warnings);
    }

    @Test
    void whatWasThereIsKept() throws IOException {
        log.append("1");
        log.close();
        open();
        log.append("2");
        assertEquals("1\n2\n", Files.readString(path));
    }

    @Test
    void whatAnotherRotatedIsNotRotatedAgain() throws IOException {
        RotatingLog other = new RotatingLog(path, new Rotation(10, 3), clock, warnings::add);
        log.append("a");
        other.append("a long line of the other");
        other.append("b");
        log.append("c");
        assertEquals("b\nc\n", Files.readString(path));
        assertFalse(Files.exists(temp.resolve("logs/x.log.2")));
    }

    @Test
    void whileAnotherRotatesLinesGoOn() throws IOException {
        log.append("a long line");
        try (FileChannel channel = LogFile.openLock(temp.resolve("logs/.x.log.lock"));
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            log.append("b");
        }
        log.append("c");
        assertEquals("a long line\nb\n", Files.readString(temp.resolve("logs/x.log.1")));
        assertEquals("c\n", Files.readString(path));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aDeletedOrMovedLogComesBack() throws IOException {
        log.append("1");
        Files.delete(path);
        clock.pass(RotatingLog.CHECK_EVERY);
        log.append("2");
        assertEquals("2\n", Files.readString(path));
        Files.move(path, temp.resolve("logs/moved"));
        clock.pass(RotatingLog.CHECK_EVERY);
        log.append("3");
        assertEquals("3\n", Files.readString(path));
        Files.delete(path);
        Files.delete(temp.resolve("logs/moved"));
        Files.delete(temp.resolve("logs"));
        clock.pass(RotatingLog.CHECK_EVERY);
        log.append("4");
        assertEquals("4\n", Files.readString(path));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aFolderInTheWayIsWarnedOfOnceAndOvercome() throws IOException {
        Files.createDirectories(path);
        for (int i = 0; i < 3; i++) {
            log.append("lost");
            clock.pass(RotatingLog.RETRY_EVERY);
        }
        assertEquals(List.of("Cannot write the log " + path + ": is a directory; going on without it and trying again"),
                warnings);
        Files.delete(path);
        log.append("here again");
        assertEquals("here again\n", Files.readString(path));
        assertEquals("Writing the log " + path + " again; 3 lines are missing", warnings.get(1));
    }

    @Test
    void aLogThatCannotBeWrittenIsNotTriedForEveryLine() throws IOException {
        Files.createDirectories(path);
        log.append("lost");
        Files.delete(path);
        log.append("lost");
        assertFalse(Files.exists(path));
        clock.pass(RotatingLog.RETRY_EVERY);
        log.append("written");
        assertEquals("written\n", Files.readString(path));
    }

    @Test
    void aFileWhereTheFolderShouldBeIsWarnedOf() throws IOException {
        Files.writeString(temp.resolve("logs"), "");
        log.append("lost");
        assertEquals(List.of("Cannot write the log " + path
                + ": a file is where its folder should be; going on without it and trying again"), warnings);
    }

    @Test
    void aPipeNobodyReadsDoesNotBlock() throws Exception {
        Files.createDirectories(path.getParent());
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
        log.append("lost");
        assertEquals(List.of("Cannot write the log " + path
                + ": is not a regular file; going on without it and trying again"), warnings);
    }

    @Test
    void aWarningMayBeWrittenToTheVeryLogItIsAbout() throws IOException {
        List<RotatingLog> self = new ArrayList<>();
        RotatingLog own = new RotatingLog(path, Rotation.STANDARD, clock, warning -> self.get(0).append(warning));
        self.add(own);
        Files.createDirectories(path);
        own.append("lost");
        Files.delete(path);
        clock.pass(RotatingLog.RETRY_EVERY);
        own.append("written");
        assertEquals("written\nWriting the log " + path + " again; 2 lines are missing\n", Files.readString(path));
    }

    @Test
    void onlyTheOwnerCanReadLogsEvenOnesThatWereReadable() throws IOException {
        Files.createDirectories(path.getParent());
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        for (int i = 0; i < 3; i++) {
            log.append("a long line");
        }
        for (String name : List.of("x.log", "x.log.1", "x.log.2", ".x.log.lock")) {
            Path file = temp.resolve("logs").resolve(name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
        }
    }

    @Test
    void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        log.append("1");
        assertTrue(Thread.interrupted());
        log.append("2");
        assertEquals("1\n2\n", Files.readString(path));
    }

    @Test
    void aDiskThatIsFullIsWarnedOfOnceAndTheNextLineStandsAlone() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder("bash", "-c", "ulimit -f 4 && exec \"$@\"", "bash",
                java, "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"),
                Filler.class.getName(), path.toString())
                .redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), printed);
        assertEquals(List.of("Cannot", "Writing"), printed.lines().map(line -> line.split(" ")[0]).toList(), printed);
        List<String> lines = Files.readAllLines(path);
        assertEquals("there is room again", lines.get(lines.size() - 1));
    }

    /** Writes until a line fits only in part, makes room, goes on. */
    static final class Filler {
        private Filler() {}

        public static void main(String[] args) throws IOException {
            Path path = Path.of(args[0]);
            ManualClock clock = new ManualClock();
            RotatingLog log = new RotatingLog(path, Rotation.STANDARD, clock, System.out::println);
            for (int i = 0; i < 1_000; i++) {
                log.append("a line of exactly thirty bytes");
                clock.pass(RotatingLog.RETRY_EVERY);
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(1_000);
            }
            log.append("there is room again");
        }
    }
}
