package meshdev.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String LINE = "0123456789".repeat(8);

    private final GatedOutput out = new GatedOutput();
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger closings = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private CompletableFuture<List<String>> first = CompletableFuture.completedFuture(List.of());

    @Test
    void linesAppearInTheOrderTheyWereSaid() {
        Console console = open(UTF_8);
        out.open();
        console.own("Starting orders");
        console.agent("orders", "listening");
        console.own("orders ready");
        assertTrue(console.close(LONG));
        assertEquals(
                List.of("mesh-dev | Starting orders", "orders   | listening", "mesh-dev | orders ready"), out.lines());
    }

    @Test
    void aBlockedTerminalBlocksNobodyAndClosingReturnsInTime() throws InterruptedException {
        Console console = blocked();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            flood(console, "orders", 200_000);
            assertFalse(console.close(SHORT));
        });
    }

    @Test
    void aFloodIsDroppedAndCountedWhereTheGapIs() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 100_000);
        out.open();
        awaitShown(console, "flood over");
        console.agent("orders", "after");
        assertTrue(console.close(LONG));
        List<String> lines = out.lines();
        long shown = lines.stream().filter(("orders   | " + LINE)::equals).count();
        int gap = lines.indexOf("mesh-dev | … " + grouped(100_000 - shown) + " lines of orders dropped (terminal too slow)");
        assertTrue(gap > 0, () -> "" + lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        assertFalse(lines.subList(gap, lines.size()).contains("orders   | " + LINE));
        assertEquals("orders   | after", lines.get(lines.size() - 1));
    }

    @Test
    void aFloodThatHasEndedIsReportedWithoutAnotherLine() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 100_000);
        out.open();
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!last().contains("dropped") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(last().endsWith(" lines of orders dropped (terminal too slow)"), last());
        assertTrue(console.close(LONG));
    }

    @Test
    void dropsAreReportedOnceASecondAndTheRestAtTheEnd() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 20_000);
        out.open();
        for (int round = 0; round < 20; round++) {
            flood(console, "orders", 50_000);
            awaitShown(console, "round " + round);
        }
        long reports = out.lines().stream().filter(line -> line.contains("dropped")).count();
        assertEquals(1, reports, "time stood still");
        console.close(LONG);
        long shown = out.lines().stream().filter(line -> line.endsWith(LINE)).count();
        long counted = out.lines().stream().filter(line -> line.contains("dropped"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^mesh-dev|[^0-9]", ""))).sum();
        assertEquals(20_000 + 20 * 50_000, shown + counted);
    }

    @Test
    void aFloodCostsNeitherMeshDevsLinesNorAnotherAgents() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 100_000);
        for (int i = 0; i < 500; i++) {
            console.own("own " + i);
            console.agent("pricing", "line " + i);
            flood(console, "orders", 100);
        }
        out.open();
        assertTrue(console.close(LONG));
        List<String> lines = out.lines();
        for (int i = 0; i < 500; i++) {
            assertTrue(lines.contains("mesh-dev | own " + i), "own " + i);
            assertTrue(lines.contains("pricing  | line " + i), "line " + i);
        }
    }

    @Test
    void whatIsQueuedIsBoundedForLongLinesAndForMeshDevsOwn() throws InterruptedException {
        Console console = blocked();
        String line = "x".repeat(16 * 1024);
        for (int i = 0; i < 5_000; i++) {
            console.agent("orders", line);
            console.agent("pricing", line);
            console.own(line);
        }
        out.open();
        assertTrue(console.close(LONG));
        long chars = out.lines().stream().mapToLong(String::length).sum();
        assertTrue(chars < LineQueue.AGENT_CHARS + LineQueue.OWN_CHARS + 100_000, "characters: " + chars);
        String about = "lines of mesh-dev dropped (terminal too slow)";
        assertTrue(out.lines().stream().anyMatch(report -> report.endsWith(about)));
    }

    @Test
    void manyLinesAreOneWrite() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 4_000);
        out.open();
        assertTrue(console.close(LONG));
        assertEquals(4_001, out.lines().size());
        assertTrue(out.writes() < 50, "writes: " + out.writes());
    }

    @Test
    void aClosedTerminalIsReportedOnceAndForgetsTheRest() throws InterruptedException {
        Console console = blocked();
        flood(console, "orders", 1_000);
        out.leave();
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        console.own("into the void");
        assertFalse(console.close(LONG));
        assertEquals(1, closings.get());
    }

    @Test
    void nothingIsWrittenAfterClose() {
        Console console = open(UTF_8);
        out.open();
        console.own("last");
        assertTrue(console.close(LONG));
        console.own("too late");
        assertTrue(console.close(LONG));
        assertEquals(List.of("mesh-dev | last"), out.lines());
    }

    @Test
    void aTerminalWithoutUtf8GetsAscii() {
        Console console = open(US_ASCII);
        out.open();
        console.own("0.1.0 · project shop … → über 🙂");
        assertTrue(console.close(LONG));
        assertEquals(List.of("mesh-dev | 0.1.0 - project shop ... -> ?ber ?"), out.lines());
    }

    private void awaitShown(Console console, String mark) {
        console.own(mark);
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!out.lines().contains("mesh-dev | " + mark) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(out.lines().contains("mesh-dev | " + mark), mark);
    }

    @Test
    void theFirstLinesAreShownBeforeWhatWasSaidWhileTheyWereWaitedFor() {
        first = new CompletableFuture<>();
        out.open();
        Console console = open(UTF_8);
        console.agent("orders", "early");
        first.complete(List.of("banner", "warning"));
        assertTrue(console.close(LONG));
        assertEquals(List.of("mesh-dev | banner", "mesh-dev | warning", "orders   | early"), out.lines());
    }

    @Test
    void anEndDoesNotWaitForFirstLinesThatNeverCame() {
        first = new CompletableFuture<>();
        out.open();
        Console console = open(UTF_8);
        console.own("last");
        assertTrue(console.close(LONG));
        assertEquals(List.of("mesh-dev | last"), out.lines());
    }

    private Console open(Charset charset) {
        Terminal terminal = new Terminal(out, charset, new ConsoleLayout(List.of("orders", "pricing"), false));
        return Console.open(terminal, clock, () -> {
            closings.incrementAndGet();
            closed.countDown();
        }, first);
    }

    /** A console whose thread hangs in its first write. */
    private Console blocked() throws InterruptedException {
        Console console = open(UTF_8);
        console.own("first");
        out.awaitWriter();
        return console;
    }

    private static void flood(Console console, String agent, int lines) {
        for (int i = 0; i < lines; i++) {
            console.agent(agent, LINE);
        }
    }

    private String last() {
        List<String> lines = out.lines();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
