package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watcher with a source whose hints are given by hand; its own unasked scans are two seconds apart. */
class WatcherTest {
    private final Path root = Given.folder();
    private final Path file = Given.write(root.resolve("a.py"), "one");
    private final Recorder recorder = new Recorder();
    private final ByHand source = new ByHand();
    private final Watcher watcher = new Watcher(Given.rules(root, "**/*.py"), any -> source, recorder,
            InstantSource.system(), InstantSource.system());

    private static final class ByHand implements ChangeSource {
        private final CompletableFuture<Hints> hints = new CompletableFuture<>();
        private final AtomicInteger refreshed = new AtomicInteger();
        private final AtomicInteger started = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean listening;
        private volatile Duration interval = Duration.ofHours(1);

        @Override
        public void start(Hints to) {
            started.incrementAndGet();
            hints.complete(to);
        }

        @Override
        public void refresh() {
            refreshed.incrementAndGet();
        }

        @Override
        public boolean listening() {
            return listening;
        }

        @Override
        public WatchMode mode() {
            return new WatchMode(WatchMode.Kind.NATIVE, "by hand", interval, 1);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        Hints hints() {
            return hints.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private void start() {
        Given.letFilesAge();
        watcher.start(Instant.now());
        source.hints();
        assertTrue(recorder.staysSilent());
    }

    @Test
    void aRefusedFileIsToldAtOnceWithItsRuleAndCostsNoScan() {
        start();
        source.listening = true;
        Given.write(file, "not seen, because nobody hinted at it");
        source.hints().refused(root.resolve("notes.txt"));
        source.hints().refused(root.resolve("notes.txt"));
        source.hints().refused(file); // by its rules it is watched after all
        Given.eventually(() -> !recorder.refusals().isEmpty());
        assertEquals(List.of("notes.txt: no pattern includes it"), recorder.refusals().stream()
                .map(refusal -> refusal.file().getFileName() + ": " + refusal.decision().reason()).toList());
        assertEquals(List.of(), recorder.changes());
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    private List<Change> confirm(Path... paths) {
        CompletableFuture<List<Change>> reply = new CompletableFuture<>();
        watcher.confirm(List.of(paths), reply::complete);
        return reply.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void aHintLeadsToAScanAndOnlyADifferenceIsTold() throws IOException {
        start();
        source.hints().changed();
        assertTrue(recorder.staysSilent());
        Files.writeString(file, "two!");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
        assertEquals(Change.Kind.MODIFIED, recorder.changes().get(0).kind());
    }

    @Test
    void aChangeThatBecomesVisibleJustAfterTheHintIsSeenByTheSecondLook() throws IOException {
        start();
        source.hints().changed(file);
        source.hints().changed();
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(file));
    }

    /** Two writes within one tick of the file's time; some of the rounds are that quick. */
    @Test
    void aFileThatIsWrittenWithoutEndDoesNotAnswerForAnother() throws IOException {
        start();
        Path endless = root.resolve("endless.py");
        for (int round = 0; round < 50; round++) {
            Files.writeString(endless, "a" + round);
            FileTime written = Files.getLastModifiedTime(endless);
            confirm(endless);
            Files.writeString(endless, "b" + round);
            Files.setLastModifiedTime(endless, written);
            assertEquals(List.of(), confirm(file));
        }
    }

    @Test
    void confirmIsEmptyForStableFilesAndTellsOthersFirst() throws IOException {
        start();
        assertEquals(List.of(), confirm(file, root.resolve("missing.py"), root.resolve("not-watched")));
        Given.replace(file, "two!");
        CompletableFuture<Boolean> toldBefore = new CompletableFuture<>();
        watcher.confirm(List.of(file), changes -> toldBefore.complete(!changes.isEmpty() && recorder.saw(file)));
        assertTrue(toldBefore.orTimeout(10, TimeUnit.SECONDS).join());
        assertEquals(List.of(), confirm(file));
        Files.delete(file);
        assertEquals(Change.Kind.DELETED, confirm(file).get(0).kind());
    }

    @Test
    void otherRulesTakeNewFilesAsTheyAreAndLetOthersGo() throws IOException {
        Path other = Given.write(root.resolve("a.json"), "1");
        start();
        watcher.follow(Given.rules(root, "*.json"));
        Given.eventually(() -> watcher.snapshot().paths().equals(java.util.Set.of(other)));
        assertTrue(recorder.staysSilent());
        Files.writeString(file, "no longer watched");
        Files.writeString(other, "22");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(other));
        assertFalse(recorder.saw(file));
    }

    @Test
    void whatChangesWhileTheRulesDoIsTold() throws IOException {
        Path deleted = Given.write(root.resolve("deleted.py"), "1");
        start();
        Path created = root.resolve("created.py");
        Files.writeString(file, "edited!");
        Files.delete(deleted);
        Files.writeString(created, "");
        Given.write(root.resolve("a.json"), "");
        watcher.follow(Given.rules(root, "**/*.py", "*.json"));
        Given.eventually(() -> recorder.saw(file) && recorder.saw(deleted) && recorder.saw(created));
        assertFalse(recorder.saw(root.resolve("a.json")));
    }

    @Test
    void whatChangedAfterTheStartAndBeforeTheFirstScanIsTold() {
        Given.letFilesAge();
        Path late = root.resolve("late.py");
        watcher.start(Instant.now());
        Given.write(late, "");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(late));
    }

    @Test
    void aBrokenListenerDoesNotEndWatching() throws IOException {
        start();
        recorder.breakOnce();
        Files.writeString(file, "two!");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
        recorder.forget();
        Files.writeString(file, "three");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aListenerThatCannotBeLinkedDoesNotEndWatching() throws IOException {
        start();
        recorder.breakOnce(new NoClassDefFoundError("on purpose"));
        Files.writeString(file, "two!");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
        recorder.forget();
        Files.writeString(file, "three");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aReplyThatFailsDoesNotEndWatching() throws IOException {
        start();
        watcher.confirm(List.of(file), changes -> {
            throw new StackOverflowError("on purpose");
        });
        Given.replace(file, "two!");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
        assertEquals(List.of(), confirm(file));
    }

    @Test
    void anInterruptThatNobodyMeantDoesNotEndWatching() throws IOException {
        start();
        Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("mesh-dev-watch"))
                .forEach(Thread::interrupt);
        Files.writeString(file, "two!");
        source.hints().changed();
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aChangeWithoutAnEventMakesANewSourceAndIsTold() throws IOException {
        source.listening = true;
        source.interval = Duration.ofMillis(50);
        start();
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(file));
        Given.eventually(() -> source.closed.get() == 1);
        assertEquals(2, source.started.get());
    }

    @Test
    void aChangeWithALateEventDoesNot() throws IOException {
        source.listening = true;
        source.interval = Duration.ofMillis(50);
        start();
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(file));
        source.hints().changed(file);
        Instant end = Instant.now().plus(EventHealth.GRACE).plusMillis(200);
        Given.eventually(() -> Instant.now().isAfter(end));
        assertEquals(0, source.closed.get());
    }

    @Test
    void whenTheSourceGivesUpPollingTakesOver() throws IOException {
        start();
        source.hints().failed("too few watches");
        Given.eventually(() -> !recorder.notices().isEmpty());
        WatchNotice.ModeChanged changed =
                assertInstanceOf(WatchNotice.ModeChanged.class, recorder.notices().get(0));
        assertEquals("too few watches", changed.mode().reason());
        assertEquals(WatchMode.Kind.POLLING, watcher.mode().kind());
        Files.writeString(file, "two!");
        Given.eventually(() -> recorder.saw(file));
    }

    @Test
    void aMissingRootIsToldOnceAndSoIsItsReturn() throws IOException {
        Path folder = Files.createDirectories(root.resolve("agents"));
        Watcher other = new Watcher(Given.rules(root, "agents/**"), any -> source, recorder, InstantSource.system(),
                InstantSource.system());
        try (other) {
            other.start(Instant.now());
            source.hints();
            Files.delete(folder);
            source.hints().changed();
            Given.eventually(() -> recorder.notices().contains(new WatchNotice.RootMissing(folder)));
            Files.createDirectory(folder);
            source.hints().changed();
            Given.eventually(() -> recorder.notices().contains(new WatchNotice.RootBack(folder)));
            assertEquals(2, recorder.notices().size());
        }
    }

    @Test
    void aRetargetedLinkMakesTheSourceBindAnew() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), Given.folder());
        start();
        Files.delete(link);
        Files.createSymbolicLink(link, Given.folder());
        source.hints().changed();
        Given.eventually(() -> source.refreshed.get() == 1);
    }

    @Test
    void closeEndsTheThreadAtOnce() {
        start();
        Instant begin = Instant.now();
        watcher.close();
        assertTrue(Duration.between(begin, Instant.now()).toMillis() < 100);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("mesh-dev-watch")));
    }
}
