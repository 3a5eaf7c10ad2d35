package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TreeScanTest {
    private final Path root = Given.folder();
    private final TreeScan scan = new TreeScan(Given.rules(root, "agents/**/*.py"));
    private final Path file = Given.write(root.resolve("agents/a.py"), "one");

    private Snapshot take() {
        return scan.scan(Snapshot.EMPTY, () -> { });
    }

    private List<Change.Kind> kindsSince(Snapshot before) {
        return before.changesTo(scan.scan(before, () -> { })).stream().map(Change::kind).toList();
    }

    @Test
    void holdsWatchedFilesOnly() {
        Given.write(root.resolve("agents/deep/er/b.py"), "");
        Given.write(root.resolve("agents/notes.txt"), "");
        Given.write(root.resolve("other/c.py"), "");
        assertEquals(Set.of(file, root.resolve("agents/deep/er/b.py")), take().paths());
    }

    @Test
    void neverOpensWhatIsExcludedOrCanHoldNothingWatched() {
        Given.write(root.resolve("agents/.venv/lib/x.py"), "");
        Given.write(root.resolve("agents/__pycache__/x.py"), "");
        Given.write(root.resolve("data/deep/x.py"), "");
        List<Path> opened = new ArrayList<>();
        FolderWalk walk = new FolderWalk(Given.rules(root, "agents/**/*.py"), opened::add);
        try {
            walk.walk(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertEquals(List.of(root, root.resolve("agents")), opened);
    }

    @Test
    void tellsCreatedModifiedAndDeleted() throws IOException {
        Snapshot before = take();
        Files.writeString(file, "longer");
        assertEquals(List.of(Change.Kind.MODIFIED), kindsSince(before));
        Files.delete(file);
        assertEquals(List.of(Change.Kind.DELETED), kindsSince(before));
        Given.write(root.resolve("agents/b.py"), "");
        assertEquals(List.of(Change.Kind.DELETED, Change.Kind.CREATED), kindsSince(before));
    }

    @Test
    void aReplacementWithEqualSizeAndTimeIsAChange() throws IOException {
        Snapshot before = take();
        Path other = Given.write(root.resolve("agents/a.new"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(List.of(Change.Kind.MODIFIED), kindsSince(before));
    }

    @Test
    void aTouchIsAChangeAndNewPermissionsAreNone() throws IOException {
        Snapshot before = take();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        assertEquals(List.of(), kindsSince(before));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
        assertEquals(List.of(Change.Kind.MODIFIED), kindsSince(before));
    }

    @Test
    void followsLinksAndEndsLoops() throws IOException {
        Path elsewhere = Given.folder();
        Given.write(elsewhere.resolve("x.py"), "");
        Files.createSymbolicLink(root.resolve("agents/link"), elsewhere);
        Files.createSymbolicLink(root.resolve("agents/loop"), Path.of("."));
        Files.createSymbolicLink(root.resolve("agents/up"), Path.of("/"));
        Files.createSymbolicLink(elsewhere.resolve("back"), root.resolve("agents"));
        Files.createSymbolicLink(root.resolve("agents/.#a.py"), Path.of("user@host:1"));
        Files.createSymbolicLink(root.resolve("agents/gone.py"), Path.of("nowhere"));
        assertEquals(Set.of(file, root.resolve("agents/link/x.py")), take().paths());
    }

    @Test
    void aFolderWithTwoNamesIsKnownByBoth() throws IOException {
        Files.createSymbolicLink(root.resolve("agents/b"), Files.createDirectories(root.resolve("agents/c")));
        Given.write(root.resolve("agents/c/x.py"), "");
        assertEquals(Set.of(file, root.resolve("agents/b/x.py"), root.resolve("agents/c/x.py")), take().paths());
    }

    @Test
    void aLinkedFileChangesWithItsTargetAndWhenItIsRetargeted() throws IOException {
        Path one = Given.write(root.resolve("one"), "1");
        Path two = Given.write(root.resolve("two"), "2");
        Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
        Path link = Files.createSymbolicLink(root.resolve("agents/link.py"), one);
        Snapshot before = take();
        Files.delete(link);
        Files.createSymbolicLink(link, two);
        assertEquals(List.of(Change.Kind.MODIFIED), kindsSince(before));
        Snapshot between = take();
        Files.writeString(two, "22");
        assertEquals(List.of(Change.Kind.MODIFIED), kindsSince(between));
    }

    @Test
    void anUnreadableFolderIsToldAndItsFilesCountAsUnchanged() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root can read everything");
        Path folder = root.resolve("agents/locked");
        Given.write(folder.resolve("x.py"), "");
        Snapshot before = take();
        Files.setPosixFilePermissions(folder, Set.of());
        Snapshot locked = scan.scan(before, () -> { });
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(Set.of(folder), locked.unreadable().keySet());
        assertEquals(List.of(), before.changesTo(locked));
    }

    @Test
    void hostileNamesAreJustNames() throws IOException {
        Path agents = root.resolve("agents");
        for (String name : List.of("new\nline.py", "$(rm -rf x).py", "-rf.py", "q\"'.py", "\u001b[31m.py", "é.py")) {
            Given.write(agents.resolve(name), "");
        }
        assertEquals(7, take().paths().size());
    }

    @Test
    void pipesAndFoldersWithAFilesNameAreNoFiles() throws Exception {
        Files.createDirectories(root.resolve("agents/folder.py"));
        assertEquals(0, new ProcessBuilder("mkfifo", root.resolve("agents/pipe.py").toString()).start().waitFor());
        assertEquals(Set.of(file), take().paths());
    }

    @Test
    void aLoneFileOutsideTheProjectIsWatchedByItself() {
        Path lone = Given.write(Given.folder().resolve("agent.py"), "");
        Given.write(lone.resolveSibling("other.py"), "");
        WatchRules rules = WatchRules.compile(new RuleSources(root, Given.noMeshwatch(), java.util.Optional.empty(),
                List.of(), List.of(lone), List.of(), List.of(), false));
        Snapshot snapshot = new TreeScan(rules).scan(Snapshot.EMPTY, () -> { });
        assertTrue(snapshot.paths().contains(lone));
        assertFalse(snapshot.paths().contains(lone.resolveSibling("other.py")));
    }
}
