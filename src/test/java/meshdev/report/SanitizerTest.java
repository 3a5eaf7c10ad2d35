package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SanitizerTest {
    private static final String ESC = "\u001b";

    /** Written by an agent, shown on a colour terminal, written to a log file; {@code ~} stands for ESC. */
    static Stream<Arguments> lines() {
        return Stream.of(
                row("plain text", "plain text", "plain text"),
                row("a\tb", "a\tb", "a\tb"),
                row("Grüße 世界 🙂", "Grüße 世界 🙂", "Grüße 世界 🙂"),
                row("~[31mred~[0m", "~[31mred~[0m", "red"),
                row("~[31mred~[m", "~[31mred~[m", "red"),
                row("~[31mred", "~[31mred~[0m", "red"),
                row("~[38;5;0mblack", "~[38;5;0mblack~[0m", "black"),
                row("~[38:2::1:2:3mx~[0;0m", "~[38:2::1:2:3mx~[0;0m", "x"),
                row("~[0;1;31mx", "~[0;1;31mx~[0m", "x"),
                row("~[>4;2mx", "x", "x"),
                row("~[?1mx", "x", "x"),
                row("~[1 mx", "x", "x"),
                row("~[2J~[Htop", "top", "top"),
                row("~[?1049h~[?25lx", "x", "x"),
                row("~[1A~[2Kforged", "forged", "forged"),
                row("~[6n", "", ""),
                row("~]0;title\u0007x", "x", "x"),
                row("~]2;title~\\x", "x", "x"),
                row("~]52;c;aGk=\u0007x", "x", "x"),
                row("~]8;;http://a~\\link~]8;;~\\", "link", "link"),
                row("~]0;open", "0;open", "0;open"),
                row("~]0;title\u009cx", "x", "x"),
                row("~]0;a~[31mx", "~[31mx~[0m", "x"),
                row("~P1$r0m~\\x", "x", "x"),
                row("~_apc~\\~^pm~\\~Xsos~\\x", "x", "x"),
                row("~kscreen~\\x", "x", "x"),
                row("~7~8~=~>~cx", "x", "x"),
                row("~(0lqk~(B", "lqk", "lqk"),
                row("~#8x", "x", "x"),
                row("~D~M~Ex", "x", "x"),
                row("x~", "x", "x"),
                row("x~[", "x", "x"),
                row("x~[31", "x", "x"),
                row("~~[31mx~[0m", "~[31mx~[0m", "x"),
                row("\u009b2Jx", "x", "x"),
                row("\u009b31mx", "~[31mx~[0m", "x"),
                row("\u009d0;t\u0007x\u0085\u008d", "x", "x"),
                row("a\u0007b\bc\rd\u0000\u007f", "a\\x07b\\x08c\\x0dd\\x00\\x7f", "a\\x07b\\x08c\\x0dd\\x00\\x7f"),
                row("a\u202eb\u2066c", "a\\u202eb\\u2066c", "a\\u202eb\\u2066c"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void onlyColoursReachATerminalAndNoneOfThemALogFile(String written, String terminal, String plain) {
        assertEquals(terminal, Sanitizer.forTerminal(written));
        assertEquals(plain, Sanitizer.plain(written));
    }

    @Test
    void noControlSurvivesWhateverTheBytes() {
        Random random = new Random(7);
        String alphabet = "\u001b\u001b[]P\\;0123m\u0007\u009b\u009d\u0090\u009c ?>k(\u202ea";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String written = line.toString();
            assertNoControl(Sanitizer.plain(written), written);
            assertNoControl(Sanitizer.forTerminal(written).replaceAll("\u001b\\[[0-9:;]*m", ""), written);
        }
    }

    private static void assertNoControl(String clean, String written) {
        for (char c : clean.toCharArray()) {
            assertFalse(Character.isISOControl(c) || c == 0x202e, Sanitizer.escapeName(written));
        }
    }

    @Test
    void aLineOfIntroducersTakesLinearTime() {
        for (String introducer : new String[] {ESC + "]", "\u009d", ESC + "[", ESC + "P", ESC}) {
            String line = introducer.repeat(1_000_000);
            assertTimeout(Duration.ofSeconds(5), () -> Sanitizer.forTerminal(line));
        }
    }

    @Test
    void aHarmlessLineIsNotCopied() {
        String line = "harmless – äöü";
        assertSame(line, Sanitizer.forTerminal(line));
        assertSame(line, Sanitizer.plain(line));
        assertSame(line, Sanitizer.escapeName(line));
    }

    @Test
    void namesShowEveryControlCharacter() {
        assertEquals("a\\nb\\r\\t\\x1b[31m\\x9b\\u202e", Sanitizer.escapeName("a\nb\r\t\u001b[31m\u009b\u202e"));
    }

    private static Arguments row(String written, String terminal, String plain) {
        return Arguments.of(written.replace("~", ESC), terminal.replace("~", ESC), plain.replace("~", ESC));
    }
}
