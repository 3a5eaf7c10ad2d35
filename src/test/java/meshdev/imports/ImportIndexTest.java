package meshdev.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meshdev.agent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportIndexTest {
    private static final long LIMIT_SECONDS = 20;

    @TempDir
    Path root;
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(1000);
    private final Semaphore reading = new Semaphore(0);
    private volatile boolean failing;
    private ImportIndex index;

    @BeforeEach
    void open() throws IOException {
        index = new ImportIndex(root, file -> file.startsWith(root), this::read, trouble::add);
        file("agents/orders.py", "import lib.prices");
        file("agents/web.py", "import alone");
        file("lib/prices.py", "import lib.tax");
        file("lib/tax.py", "");
        file("alone.py", "");
        file("unused.py", "");
    }

    @AfterEach
    void close() {
        index.close();
    }

    private Map<Path, SourceFacts> read(List<Path> files) throws IOException {
        reading.release();
        gate.acquireUninterruptibly();
        if (failing) {
            throw new IOException("no answer");
        }
        Map<Path, SourceFacts> facts = new HashMap<>();
        for (Path file : files) {
            facts.put(file, Source.facts(Files.readString(file)));
        }
        return facts;
    }

    private Path file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Program program(String name) {
        return new Program(name, Program.Language.PYTHON, List.of(root.resolve("agents/" + name + ".py")),
                List.of(root.resolve("agents"), root), Map.of());
    }

    private void begin() throws Exception {
        index.agents(List.of(program("orders"), program("web")));
        settle();
    }

    private void settle() throws Exception {
        index.settled().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String concern(String file, String agent) {
        Agent asked = new Agent(agent, Agent.Kind.PYTHON, root.resolve("agents/" + agent + ".py"), Optional.empty(),
                List.of(), root,
                Map.of(), OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.<Duration>empty());
        return index.concern(root.resolve(file), asked).orElse("-");
    }

    @Test
    void theWordsNameTheAgentAndTheWay() throws Exception {
        begin();
        assertEquals("imported by orders", concern("lib/prices.py", "orders"));
        assertEquals("imported by orders via lib/prices.py", concern("lib/tax.py", "orders"));
        assertEquals("-", concern("lib/tax.py", "web"));
        assertEquals("-", concern("unused.py", "orders"));
        assertEquals("-", concern("lib/tax.yaml", "orders"));
        assertEquals("imported by orders", concern("agents/lib/__init__.py", "orders"));
        assertEquals(List.of(new ImportedAt(root.resolve("agents/orders.py"), 1),
                new ImportedAt(root.resolve("lib/prices.py"), 1)),
                index.chain(root.resolve("lib/tax.py"), "orders"));
        assertTrue(index.covers(root.resolve("x.py")));
        assertFalse(index.covers(root.resolve("x.yaml")));
    }

    @Test
    void beforeTheFirstGraphAnySourceConcernsAll() throws Exception {
        assertFalse(index.covers(root.resolve("x.py")));
        gate.drainPermits();
        index.agents(List.of(program("orders")));
        assertEquals("what orders imports is not known yet", concern("unused.py", "orders"));
        assertEquals("-", concern("unused.txt", "orders"));
        assertFalse(index.isReady());
        gate.release(1000);
        settle();
        assertTrue(index.isReady());
        assertEquals("-", concern("unused.py", "orders"));
    }

    @Test
    void aChangedFileWidensWhoImportsItUntilItIsRead() throws Exception {
        begin();
        gate.drainPermits();
        file("lib/tax.py", "import unused");
        index.changed(List.of(root.resolve("lib/tax.py")));
        assertEquals("what orders imports is being read again", concern("unused.py", "orders"));
        assertEquals("-", concern("unused.py", "web"));
        gate.release(1000);
        settle();
        assertEquals("imported by orders via lib/prices.py", concern("unused.py", "orders"));
        assertEquals("-", concern("unused.py", "web"));
    }

    @Test
    void aFileThatChangesWhileItIsReadIsReadAgain() throws Exception {
        begin();
        gate.drainPermits();
        index.changed(List.of(root.resolve("lib/tax.py")));
        file("lib/tax.py", "import unused");
        index.changed(List.of(root.resolve("lib/tax.py")));
        assertEquals("what orders imports is being read again", concern("unused.py", "orders"));
        gate.release(1000);
        settle();
        assertEquals("imported by orders via lib/prices.py", concern("unused.py", "orders"));
    }

    @Test
    void aCreatedFileConcernsWhoLookedForItAndADeletedOneWhoImportedIt() throws Exception {
        file("agents/web.py", "import alone\nimport later");
        begin();
        assertEquals("imported by web", concern("later.py", "web"));
        gate.drainPermits();
        file("later.py", "");
        index.changed(List.of(root.resolve("later.py")));
        assertEquals("what web imports is being read again", concern("later.py", "web"));
        assertEquals("-", concern("later.py", "orders"));
        gate.release(1000);
        settle();
        assertEquals("imported by web", concern("later.py", "web"));
        Files.delete(root.resolve("later.py"));
        index.changed(List.of(root.resolve("later.py")));
        settle();
        assertEquals("imported by web", concern("later.py", "web"));
    }

    /** Its folder was looked at because of another file, so its name is known before what would import it is. */
    @Test
    void aFileThatIsCreatedWhileAnotherIsReadConcernsWhoLookedForIt() throws Exception {
        begin();
        index.changed(List.of(file("agents/web.py", "import later")));
        settle();
        gate.drainPermits();
        reading.drainPermits();
        Path later = file("later.py", "");
        index.changed(List.of(root.resolve("alone.py")));
        assertTrue(reading.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS));
        index.changed(List.of(later));
        assertEquals("what web imports is being read again", concern("later.py", "web"));
        gate.release(1000);
        settle();
        assertEquals("imported by web", concern("later.py", "web"));
    }

    @Test
    void computedAndUnreadableImportsWidenWithWords() throws Exception {
        file("lib/tax.py", "\ncomputed name");
        file("alone.py", "broken");
        begin();
        assertEquals("orders imports computed names (lib/tax.py:2: import_module(name))", concern("unused.py", "orders"));
        assertEquals("web imports alone.py, which cannot be read", concern("unused.py", "web"));
        assertEquals("-", concern("unused.yaml", "web"));
    }

    @Test
    void aReaderThatFailsWidensAllAndIsToldOnce() throws Exception {
        begin();
        failing = true;
        for (int i = 0; i < 3; i++) {
            index.changed(List.of(root.resolve("lib/tax.py")));
            settle();
        }
        assertEquals("what web imports cannot be read", concern("unused.py", "web"));
        assertEquals(1, trouble.size());
        assertTrue(trouble.get(0).startsWith("imports cannot be read: no answer; "), trouble.get(0));
        failing = false;
        index.changed(List.of(root.resolve("lib/tax.py")));
        settle();
        assertEquals("-", concern("unused.py", "web"));
        assertEquals("imported by orders via lib/prices.py", concern("lib/tax.py", "orders"));
    }

    @Test
    void agentsComeAndGoAndMayRunSomethingElse() throws Exception {
        begin();
        List<Program> next = new ArrayList<>(List.of(program("orders")));
        next.add(new Program("web", Program.Language.PYTHON, List.of(root.resolve("unused.py")), List.of(root), Map.of()));
        next.add(new Program("tool", Program.Language.UNKNOWN, List.of(), List.of(), Map.of()));
        gate.drainPermits();
        index.agents(next);
        assertEquals("-", concern("unused.py", "orders"));
        assertEquals("what web imports is not known yet", concern("alone.py", "web"));
        gate.release(1000);
        settle();
        assertEquals("-", concern("alone.py", "web"));
        assertEquals("what tool runs is not known", concern("alone.py", "tool"));
        assertEquals("-", concern("alone.py", "gone"));
        assertTrue(index.isReady());
    }

    @Test
    void aChangedMappingOfNamesReadsScriptsAgain() throws Exception {
        file("web/main.ts", "import '@/x'");
        index.agents(List.of(new Program("web", Program.Language.SCRIPT, List.of(root.resolve("web/main.ts")), List.of(),
                Map.of())));
        settle();
        assertEquals("-", concern("web/x.ts", "web"));
        index.changed(List.of(file("web/tsconfig.json", "{\"paths\": {\"@/*\": [\"./*\"]}}")));
        settle();
        assertEquals("web imports computed names (web/main.ts:1: '@/x' by a mapping of names)", concern("web/x.ts", "web"));
        assertEquals("-", concern("web/x.py", "web"));
    }

    @Test
    void aClosedIndexStaysQuiet() throws Exception {
        begin();
        index.close();
        index.changed(List.of(root.resolve("lib/tax.py")));
        assertEquals("what orders imports is being read again", concern("unused.py", "orders"));
        assertTrue(index.settled().isCompletedExceptionally());
    }
}
