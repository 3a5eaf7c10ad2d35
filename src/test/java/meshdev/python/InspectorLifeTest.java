package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import meshdev.imports.SourceFacts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The inspector's process: when it is there, and what happens when it does not do what it should. */
@Timeout(60)
class InspectorLifeTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("a.py"), "import a\n");
    }

    @Test
    void itIsStartedAtTheFirstQuestionAndAnswersAll() throws Exception {
        try (Inspector inspector = inspector(Inspector.Limits.USUAL)) {
            assertTrue(inspector.pid().isEmpty());
            assertFalse(inspector.parse(List.of(file)).get(file).broken());
            long pid = inspector.pid().orElseThrow();
            assertEquals(List.of(), inspector.check(List.of(file)));
            assertEquals(pid, inspector.pid().orElseThrow());
        }
    }

    @Test
    void itLeavesWhenIdleAndComesBack() throws Exception {
        try (Inspector inspector = inspector(new Inspector.Limits(Duration.ofMillis(200), LONG, LONG))) {
            inspector.check(List.of(file));
            await(() -> inspector.pid().isEmpty());
            assertFalse(inspector.parse(List.of(file)).get(file).broken());
        }
    }

    @Test
    void itEndsWithItsStandardInputAndLeavesNoChild() throws Exception {
        Path library = library("import time\ndef of(source, file, encoded):\n    time.sleep(50)\n");
        Inspector inspector = new Inspector(Pythons.usual(), library, Pythons.environment(), folder);
        CompletableFuture<?> asked = CompletableFuture.runAsync(() -> inspector.parse(List.of(file)));
        await(() -> inspector.pid().isPresent() && handle(inspector).descendants().findAny().isPresent());
        List<ProcessHandle> all = new ArrayList<>(handle(inspector).descendants().toList());
        all.add(handle(inspector));
        inspector.close();
        await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        asked.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneThatIsKilledIsStartedAgain() throws Exception {
        try (Inspector inspector = inspector(Inspector.Limits.USUAL)) {
            inspector.check(List.of(file));
            ProcessHandle first = handle(inspector);
            first.destroyForcibly();
            assertFalse(inspector.parse(List.of(file)).get(file).broken());
            assertNotEquals(first.pid(), inspector.pid().orElseThrow());
        }
    }

    @Test
    void oneThatHangsIsGivenUpForTheFileItHangsAt() throws Exception {
        try (Inspector inspector = inspector(new Inspector.Limits(LONG, Duration.ofMillis(1500), Duration.ofMillis(1500)))) {
            inspector.check(List.of(file));
            ProcessHandle first = handle(inspector);
            new ProcessBuilder("/bin/kill", "-s", "STOP", Long.toString(first.pid())).start().waitFor();
            Path next = Files.writeString(folder.resolve("b.py"), "import b\n");
            Map<Path, SourceFacts> facts = inspector.parse(List.of(file, next));
            assertTrue(facts.get(file).broken());
            assertFalse(facts.get(next).broken());
            await(() -> !first.isAlive());
        }
    }

    @Test
    void aFileThatEndsTheChildCostsOneAnswer() throws Exception {
        Path library = library("import os\ndef of(source, file, encoded):\n"
                + "    if b'crash' in source:\n        os.abort()\n    return []\n");
        Path crash = Files.writeString(folder.resolve("crash.py"), "crash\n");
        Path next = Files.writeString(folder.resolve("b.py"), "import b\n");
        try (Inspector inspector = new Inspector(Pythons.usual(), library, Pythons.environment(), folder)) {
            Map<Path, SourceFacts> facts = inspector.parse(List.of(file, crash, next));
            assertFalse(facts.get(file).broken());
            assertTrue(facts.get(crash).broken());
            assertFalse(facts.get(next).broken());
        }
    }

    @Test
    void aProgramThatIsNoPythonAnswersNothingAndDoesNotHang() {
        try (Inspector inspector = new Inspector(Path.of("/bin/false"), Pythons.LIBRARY, Map.of(), folder);
                Inspector gone = new Inspector(Path.of("/no/python"), Pythons.LIBRARY, Map.of(), folder)) {
            assertTrue(inspector.parse(List.of(file)).get(file).broken());
            assertEquals(List.of(), gone.check(List.of(file)));
            assertEquals(SearchPath.UNKNOWN, gone.searchPath());
            assertEquals(SearchPath.UNKNOWN, inspector.searchPath());
        }
    }

    @Test
    void aCheckDoesNotWaitForALongParsing() throws Exception {
        List<Path> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(Files.writeString(folder.resolve("m" + i + ".py"), "x = [" + "[1, 2], ".repeat(20_000) + "]\n"));
        }
        try (Inspector inspector = inspector(Inspector.Limits.USUAL)) {
            inspector.check(List.of(file));
            CountDownLatch parsed = new CountDownLatch(1);
            CompletableFuture.runAsync(() -> inspector.parse(many)).thenRun(parsed::countDown);
            await(() -> handle(inspector).children().findAny().isPresent());
            assertEquals(List.of(), inspector.check(List.of(file)));
            assertEquals(1, parsed.getCount(), "the parsing still goes on");
        }
    }

    @Test
    void whatOthersPrintIsNoAnswer() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        Map<String, String> environment = new HashMap<>(Pythons.environment());
        Path user = Path.of(run(Pythons.usual().toString(), "-c", "import sysconfig; print(sysconfig.get_path('purelib', "
                + "'posix_user', {'userbase': '" + folder.resolve("user") + "'}))"));
        Files.createDirectories(user);
        Files.writeString(user.resolve("a.pth"), site + "\nimport sys; sys.stdout.write('hello\\nno end')\n");
        environment.put("PYTHONUSERBASE", folder.resolve("user").toString());
        environment.put("PYTHONUNBUFFERED", "1");
        environment.put("PYTHONPATH", folder.resolve("elsewhere").toString());
        try (Inspector inspector = new Inspector(Pythons.usual(), Pythons.LIBRARY, environment, folder)) {
            SearchPath path = inspector.searchPath();
            assertTrue(path.entries().contains(site), path.toString());
            assertFalse(path.entries().toString().contains("elsewhere"), path.toString());
            assertFalse(path.entries().contains(Pythons.LIBRARY), path.toString());
            assertTrue(path.builtins().contains("sys"));
        }
    }

    @Test
    void anEditableInstallIsKnown() throws Exception {
        Path user = Path.of(run(Pythons.usual().toString(), "-c", "import sysconfig; print(sysconfig.get_path('purelib', "
                + "'posix_user', {'userbase': '" + folder.resolve("user") + "'}))"));
        Files.createDirectories(user);
        Files.writeString(user.resolve("__editable___shop_finder.py"), "MAPPING = {'shop': '/src/shop'}\n");
        Files.writeString(user.resolve("shop.pth"), "import __editable___shop_finder\n");
        Map<String, String> environment = new HashMap<>(Pythons.environment());
        environment.put("PYTHONUSERBASE", folder.resolve("user").toString());
        try (Inspector inspector = new Inspector(Pythons.usual(), Pythons.LIBRARY, environment, folder)) {
            assertEquals(Map.of("shop", Path.of("/src/shop")), inspector.searchPath().editable());
        }
    }

    /** The inspector with another way to read sources. */
    private Path library(String facts) throws IOException {
        Path library = Files.createDirectory(folder.resolve("lib"));
        Files.copy(Pythons.LIBRARY.resolve("inspector.py"), library.resolve("inspector.py"));
        Files.copy(Pythons.LIBRARY.resolve("compiling.py"), library.resolve("compiling.py"));
        Files.writeString(library.resolve("facts.py"), facts);
        return library;
    }

    private static String run(String... command) throws IOException {
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes()).trim();
    }

    private Inspector inspector(Inspector.Limits limits) {
        return new Inspector(Pythons.usual(), Pythons.LIBRARY, Pythons.environment(), folder, limits);
    }

    private static ProcessHandle handle(Inspector inspector) {
        return ProcessHandle.of(inspector.pid().orElseThrow()).orElseThrow();
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + LONG.toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time");
            never.await(10, TimeUnit.MILLISECONDS);
        }
    }
}
