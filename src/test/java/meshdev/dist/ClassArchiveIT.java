package meshdev.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import meshdev.dist.Distribution.Ended;
import meshdev.process.ClassArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

final class ClassArchiveIT {
    private static final int VERSION = Runtime.version().feature();
    private static final int LINKING = 24;
    private static final Pattern WANTED = Pattern.compile("meshdev\\.archive = (.+)");

    @TempDir
    Path scratch;

    /** Every JDK that this machine has beside the one that runs the tests. */
    static List<Path> jdks() throws IOException {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return List.of(Distribution.JAVA_HOME);
        }
        try (Stream<Path> jdks = Files.list(folder)) {
            var installed = jdks.filter(jdk -> !Files.isSymbolicLink(jdk))
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")));
            return Stream.concat(Stream.of(Distribution.JAVA_HOME), installed).distinct().toList();
        }
    }

    @Test
    void isUsedByTheNextStartOnEveryJdk() throws Exception {
        for (Path jdk : jdks()) {
            Path wanted = wanted(jdk);
            var outcome = archive(jdk, wanted).create();
            assertTrue(outcome.made(), outcome.reason());
            Ended next = start(jdk, "-Xlog:class+load:stdout");
            assertFalse(next.err().contains("meshdev.archive ="), "still wanted under " + jdk);
            assertTrue(next.out().contains("meshdev.cli.Main source: shared objects file"), "not used under " + jdk);
            assertEquals(!isLinkedBy(version(jdk)), next.out().contains("picocli.CommandLine source: shared objects file"),
                    "old class files under " + jdk);
            String sharing = start(jdk, "-Xlog:cds=info:stdout").out();
            assertTrue(sharing.contains("optimized module handling: enabled"), sharing);
            assertFalse(sharing.contains("alternative address"), sharing);
            assertEquals("", Distribution.keepingStateIn(scratch).with("JAVA_HOME", jdk.toString()).run("--version").err());
        }
    }

    /** Where the build ran on such a Java, as the last part of .ci/run does. */
    @Test
    void holdsLinkedClassesWhereTheBuildAndTheStartRanOnANewJava() throws Exception {
        assumeTrue(VERSION >= LINKING, "the build did not run on a new Java");
        assertTrue(isLinkedBy(VERSION), "the list tells no references");
        assertTrue(archive(wanted(Distribution.JAVA_HOME)).create().made());
        String sharing = start(Distribution.JAVA_HOME, "-Xlog:aot=info:stdout").out();
        assertTrue(sharing.contains("Using AOT-linked classes: true"), sharing);
    }

    @Test
    void anOrdinaryStartDoesWithoutPicocli() throws Exception {
        Ended ended = Distribution.keepingStateIn(scratch)
                .with("MESH_DEV_JAVA_OPTS", "-Xlog:class+load:stdout")
                .run("start", "--no-registry", "-e", "A=1", "no-such-folder");
        assertEquals(2, ended.code(), ended.err());
        assertTrue(ended.out().contains("meshdev.cli.StartCommand source: "), ended.err());
        assertFalse(ended.out().contains("picocli.CommandLine source: "), "picocli was loaded");
    }

    @Test
    void isNotMadeTwice() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        assertTrue(archive(wanted).create().made());
        var again = archive(wanted).create();
        assertFalse(again.made());
        assertEquals("made meanwhile by another mesh-dev", again.reason());
    }

    @Test
    void isLeftToAnotherThatIsMakingIt() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        Files.createDirectories(wanted.getParent());
        try (var channel = FileChannel.open(wanted.resolveSibling("classes.lock"), CREATE, WRITE); var lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertFalse(archive(wanted).create().made());
        }
        assertFalse(Files.exists(wanted));
    }

    @Test
    void isWantedAgainWhenItWasMadeForAnotherPlace() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        assertTrue(archive(wanted).create().made());
        Path elsewhere = Distribution.copyTo(scratch.resolve("elsewhere"));
        Ended ended = Distribution.at(elsewhere, scratch)
                .with("MESH_DEV_JAVA_OPTS", "-XshowSettings:properties")
                .run("--version");
        assertTrue(ended.err().contains("meshdev.archive = " + wanted), ended.err());
        assertTrue(new ClassArchive(java(Distribution.JAVA_HOME), VERSION, elsewhere, wanted).create().made());
    }

    @Test
    void takesArchivesWithItThatNobodyMadeForAMonth() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        Path cache = Files.createDirectories(wanted.getParent());
        Path old = Files.writeString(cache.resolve("classes-000000000000-17.jsa"), "");
        Path oldNote = Files.writeString(cache.resolve("classes-000000000000-17.jsa.for"), "");
        Path recent = Files.writeString(cache.resolve("classes-111111111111-17.jsa"), "");
        Path foreign = Files.writeString(cache.resolve("something-else"), "");
        for (Path file : List.of(old, foreign)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        }
        assertTrue(archive(wanted).create().made());
        assertEquals(List.of(false, false, true, true), Stream.of(old, oldNote, recent, foreign).map(Files::exists).toList());
    }

    @Test
    void leavesNothingBehindWhenItIsClosedOrFails() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        var closed = archive(wanted);
        closed.close();
        assertFalse(closed.create().made());
        assertFalse(new ClassArchive(Path.of("/no/java"), VERSION, Distribution.HOME, wanted).create().made());
        assertFalse(new ClassArchive(Path.of("/bin/false"), VERSION, Distribution.HOME, wanted).create().made());
        assertFalse(new ClassArchive(java(Distribution.JAVA_HOME), VERSION, scratch, wanted).create().made());
        try (Stream<Path> left = Files.list(wanted.getParent())) {
            assertEquals(List.of("classes.lock"), left.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void neverStopsAStartWhenItIsDamaged() throws Exception {
        Path wanted = wanted(Distribution.JAVA_HOME);
        assertTrue(archive(wanted).create().made());
        assertTrue(wanted.toFile().setWritable(true));
        try (var channel = FileChannel.open(wanted, WRITE)) {
            channel.truncate(5000);
        }
        Ended ended = start(Distribution.JAVA_HOME, "-Dharmless");
        assertEquals(0, ended.code(), ended.err());
        assertEquals("mesh-dev 0.1.0", ended.out().strip());
    }

    /** What the launcher asks for when the archive is missing. */
    private Path wanted(Path jdk) throws Exception {
        Matcher wanted = WANTED.matcher(start(jdk, "-Dharmless").err());
        assertTrue(wanted.find(), "no archive wanted under " + jdk);
        return Path.of(wanted.group(1));
    }

    private Ended start(Path jdk, String option) throws Exception {
        return Distribution.keepingStateIn(scratch)
                .with("JAVA_HOME", jdk.toString())
                .with("MESH_DEV_JAVA_OPTS", "-XshowSettings:properties " + option)
                .run("--version");
    }

    private static boolean isLinkedBy(int version) throws IOException {
        return version >= LINKING && Files.readString(Distribution.HOME.resolve("lib/classes.lst")).contains("\n@cp ");
    }

    private static int version(Path jdk) {
        try (var release = Files.newBufferedReader(jdk.resolve("release"))) {
            Properties facts = new Properties();
            facts.load(release);
            return Runtime.Version.parse(facts.getProperty("JAVA_VERSION").replace("\"", "")).feature();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassArchive archive(Path target) {
        return archive(Distribution.JAVA_HOME, target);
    }

    private static ClassArchive archive(Path jdk, Path target) {
        return new ClassArchive(java(jdk), version(jdk), Distribution.HOME, target);
    }

    private static Path java(Path jdk) {
        return jdk.resolve("bin/java");
    }
}
