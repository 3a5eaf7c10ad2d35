package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real files and real events. */
class NativeWatchingTest {
    private final Path root = Given.folder();
    private final Path agents = root.resolve("agents");
    private final Path file = Given.write(agents.resolve("a.py"), "one");
    private final Recorder recorder = new Recorder();
    private Optional<Watcher> running = Optional.empty();

    private void watch(WatchRules rules) {
        Given.letFilesAge();
        Watcher watcher = Watcher.create(rules, Optional.empty(), recorder, InstantSource.system(),
                InstantSource.system());
        running = Optional.of(watcher);
        watcher.start(Instant.now());
        watcher.baseline().orTimeout(10, TimeUnit.SECONDS).join();
        // events work as soon as one save is seen faster than the safety scan would see it
        Path probe = rules.trees().get(0).resolve("agents/probe.py");
        Given.write(probe, "");
        Given.eventually(() -> recorder.saw(probe));
        assertTrue(recorder.staysSilent() || !recorder.changes().isEmpty());
        recorder.forget();
    }

    private void watch() {
        watch(Given.rules(root, "agents/**/*.py", "lib/**/*.py"));
    }

    @Test
    void filesThatNoRuleWatchesAreNamedWithTheReason() {
        watch();
        Path notes = Given.write(agents.resolve("notes.txt"), "");
        Path swap = Given.write(agents.resolve(".a.py.swp"), "");
        Given.eventually(() -> recorder.refusals().stream().map(Refusal::file).toList().containsAll(List.of(notes, swap)));
        Given.eventually(() -> recorder.refusals().stream().anyMatch(refusal -> refusal.file().equals(swap)
                && refusal.decision().verdict() == Verdict.EXCLUDED));
        assertTrue(recorder.staysSilent());
    }

    @AfterEach
    void close() {
        running.ifPresent(Watcher::close);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aWriteInPlaceIsSeenWithinMilliseconds() throws IOException {
        watch();
        long begin = System.nanoTime();
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(file));
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) < 1500, "not by an event");
    }

    @Test
    void aReplacementByRenameIsSeen() throws IOException {
        watch();
        Path other = Given.write(agents.resolve("a.py.new"), "one");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aDeletionAndANewFileAreSeen() throws IOException {
        watch();
        Files.delete(file);
        Files.writeString(file, "new");
        Given.eventually(() -> recorder.changes().stream()
                .anyMatch(change -> change.path().equals(file) && change.kind() != Change.Kind.DELETED));
    }

    @Test
    void aTouchIsSeenAndNewPermissionsAndReadingAreNot() throws IOException {
        watch();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.readString(file);
        assertTrue(recorder.staysSilent());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aFileInNewDeepFoldersIsSeenAndSoAreItsLaterSaves() throws IOException {
        watch();
        Path deep = Given.write(agents.resolve("n/deep/er/x.py"), "1");
        Given.eventually(() -> recorder.saw(deep));
        assertTrue(recorder.staysSilent() || !recorder.changes().isEmpty());
        recorder.forget();
        Files.writeString(deep, "22");
        Given.eventually(() -> recorder.saw(deep));
    }

    @Test
    void aFolderThatAPatternNamesMayComeLater() {
        watch();
        Path lib = Given.write(root.resolve("lib/tax.py"), "1");
        Given.eventually(() -> recorder.saw(lib));
    }

    @Test
    void aFolderDeletedAndCreatedAgainIsWatchedAgain() throws IOException {
        watch();
        delete(agents);
        Given.eventually(() -> recorder.notices().contains(new WatchNotice.RootMissing(agents)));
        Given.write(file, "again");
        Given.eventually(() -> recorder.notices().contains(new WatchNotice.RootBack(agents)));
        Given.eventually(() -> recorder.changes().stream().anyMatch(one -> one.kind() == Change.Kind.CREATED));
        recorder.forget();
        Files.writeString(file, "and again");
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void theProjectItselfDeletedAndCreatedAgainIsWatchedAgain() throws IOException {
        watch();
        delete(root);
        Given.eventually(() -> recorder.changes().stream().anyMatch(one -> one.kind() == Change.Kind.DELETED));
        Given.write(file, "again");
        Given.eventually(() -> recorder.changes().stream().anyMatch(one -> one.kind() == Change.Kind.CREATED));
    }

    @Test
    void aRootThatIsALinkIsWatchedUnderItsOwnName() throws IOException {
        Path link = Files.createSymbolicLink(Given.folder().resolve("project"), root);
        watch(Given.rules(link, "agents/**/*.py"));
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(link.resolve("agents/a.py")));
    }

    @Test
    void aLinkedFolderIsWatched() throws IOException {
        Path elsewhere = Given.folder();
        Given.write(elsewhere.resolve("x.py"), "1");
        Files.createSymbolicLink(agents.resolve("link"), elsewhere);
        watch();
        long begin = System.nanoTime();
        Files.writeString(elsewhere.resolve("x.py"), "22");
        Given.eventually(() -> recorder.saw(agents.resolve("link/x.py")));
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) < 1500, "not by an event");
    }

    @Test
    void aSingleFileOutsideTheProjectIsWatched() throws IOException {
        Path lone = Given.write(Given.folder().resolve("agent.py"), "1");
        watch(WatchRules.compile(new RuleSources(root, Given.noMeshwatch(), Optional.empty(), List.of(),
                List.of(lone), List.of(), List.of(), false)));
        Path other = Given.write(lone.resolveSibling("x"), "replaced");
        Files.move(other, lone, StandardCopyOption.REPLACE_EXISTING);
        Given.eventually(() -> recorder.saw(lone));
    }

    @Test
    void excludedFoldersTellNothing() {
        watch();
        for (int i = 0; i < 50; i++) {
            Given.write(agents.resolve("__pycache__/a" + i + ".py"), "");
            Given.write(agents.resolve(".venv/deep/a" + i + ".py"), "");
        }
        assertTrue(recorder.staysSilent());
    }

    @Test
    void aCheckoutOf300FilesLosesNone() throws Exception {
        for (int i = 0; i < 300; i++) {
            Given.write(agents.resolve("f" + i + ".py"), "one " + i);
        }
        git("init", "-q");
        git("add", "agents");
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "one");
        git("checkout", "-qb", "two");
        for (int i = 0; i < 300; i++) {
            Given.write(agents.resolve("f" + i + ".py"), "number two " + i);
        }
        git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qam", "two");
        watch();
        git("checkout", "-q", "-");
        Given.eventually(() -> recorder.paths().size() == 300);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).directory(root.toFile()).inheritIO().start();
        assertEquals(0, git.waitFor());
    }

    @Test
    void afterAThousandSavesTheLastStateIsKnown() throws IOException {
        watch();
        for (int i = 0; i < 1000; i++) {
            Files.writeString(file, "save " + i);
        }
        Files.writeString(file, "the last one");
        Given.eventually(() -> recorder.saw(file));
        assertTrue(recorder.staysSilent() || !recorder.changes().isEmpty());
        FileStamp last = FileStamp.of(Files.readAttributes(file,
                java.nio.file.attribute.BasicFileAttributes.class));
        assertEquals(last, running.orElseThrow().snapshot().entry(file).orElseThrow().stamp());
    }
}
