package meshdev.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add);

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("a\nb\n", List.of("a", "b")),
                Arguments.of("a\nb", List.of("a", "b")),
                Arguments.of("a\r\nb\r\n", List.of("a", "b")),
                Arguments.of("\n\na\n\n", List.of("", "", "a", "")),
                Arguments.of("\r\n\r\na\r\n\r\n", List.of("", "", "a", "")),
                Arguments.of("10%\r20%\r30%\ndone\n", List.of("10%", "20%", "30%", "done")),
                Arguments.of("\r10%\r20%\r", List.of("10%", "20%")),
                Arguments.of("10%\r\r\r\r20%\n", List.of("10%", "20%")),
                Arguments.of("a\r\r\nb\n", List.of("a", "b")),
                Arguments.of("\r\r\r", List.of()),
                Arguments.of("a\0b\u0007\n", List.of("a\0b\u0007")),
                Arguments.of("Grüße 世界 🙂 \u2028x\nе\r\n", List.of("Grüße 世界 🙂 \u2028x", "е")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theSameLinesComeOutWhereverTheChunksAreSplit(String text, List<String> expected) {
        byte[] bytes = text.getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                lines.clear();
                splitter.feed(bytes, 0, first);
                splitter.feed(bytes, first, second - first);
                splitter.feed(bytes, second, bytes.length - second);
                splitter.finish();
                assertEquals(expected, lines, "split at " + first + " and " + second);
            }
        }
    }

    @Test
    void bytesThatAreNoUtf8AreReplacedAndTheNextLineIsFine() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        feed(all);
        feed("\nnext\n".getBytes(UTF_8));
        assertEquals("next", lines.get(lines.size() - 1));
        assertTrue(lines.get(lines.size() - 2).contains("\ufffd"));
    }

    @Test
    void aLineOfExactlyTheLimitIsWhole() {
        String line = "x".repeat(LineSplitter.MAX_LINE_BYTES);
        feed((line + "\n" + line + "\n").getBytes(UTF_8));
        assertEquals(List.of(line, line), lines);
    }

    @Test
    void aLongerLineIsCutAndSaysByHowMuch() {
        String line = "x".repeat(LineSplitter.MAX_LINE_BYTES);
        feed((line + "yz\nnext\n").getBytes(UTF_8));
        assertEquals(List.of(line + " … [2 bytes cut]", "next"), lines);
    }

    @Test
    void aCutNeverGoesThroughACharacter() {
        for (String character : List.of("é", "世", "🙂")) {
            int size = character.getBytes(UTF_8).length;
            for (int pad = 0; pad < size; pad++) {
                String line = "x".repeat(pad) + character.repeat(LineSplitter.MAX_LINE_BYTES / size + 1);
                lines.clear();
                feed((line + "\n").getBytes(UTF_8));
                int whole = (LineSplitter.MAX_LINE_BYTES - pad) / size;
                int lost = line.getBytes(UTF_8).length - pad - whole * size;
                assertEquals(List.of("x".repeat(pad) + character.repeat(whole) + " … [" + lost + " bytes cut]"), lines);
            }
        }
    }

    @Test
    void aLineOfFiftyMegabytesCostsAlmostNoMemory() {
        byte[] chunk = new byte[64 * 1024];
        Arrays.fill(chunk, (byte) 'x');
        long before = allocated();
        for (int i = 0; i < 800; i++) {
            splitter.feed(chunk, 0, chunk.length);
        }
        splitter.finish();
        assertTrue(allocated() - before < 1_000_000, "bytes allocated: " + (allocated() - before));
        assertTrue(lines.get(0).endsWith("x … [" + (800L * 64 * 1024 - LineSplitter.MAX_LINE_BYTES) + " bytes cut]"));
    }

    @Test
    void theLastFragmentIsEmittedOnce() {
        feed("partial".getBytes(UTF_8));
        assertEquals(List.of(), lines);
        splitter.finish();
        splitter.finish();
        assertEquals(List.of("partial"), lines);
    }

    private void feed(byte[] bytes) {
        splitter.feed(bytes, 0, bytes.length);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
