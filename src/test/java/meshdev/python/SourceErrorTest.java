package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceErrorTest {
    @Test
    void theCaretStandsBelowWhatItMarks() {
        assertEquals(List.of("x = = 1", "    ^"), marked("\t  x = = 1", 8, 9));
        assertEquals(List.of("x y", "  ^"), marked("x\ty", 3, 0));
        assertEquals(List.of("abc", "^^^"), marked("abc", 1, 4));
        assertEquals(List.of("x = '価格' +", "           ^"), marked("x = '価格' +", 10, 0));
        assertEquals(List.of("f(", "  ^"), marked("f(", 3, 0));
    }

    @Test
    void noLineOrNoPlaceNeedsNoCaret() {
        assertEquals(List.of(), marked("", 1, 2));
        assertEquals(List.of("abc"), marked("abc", 0, 0));
        assertEquals(List.of("abc"), marked("    abc", 2, 0));
        assertEquals(List.of("abc"), marked("abc", 40, 0));
    }

    @Test
    void controlCharactersAreHarmless() {
        assertEquals(List.of("a.[1mb.c.d", "     ^"), marked("a\u001b[1mb\u202ec\rd", 6, 0));
    }

    @Test
    void aLongLineIsShownAroundThePlace() {
        List<String> lines = marked("x".repeat(500) + "!" + "y".repeat(500), 501, 502);
        assertEquals(100, lines.get(0).length());
        assertEquals('!', lines.get(0).charAt(lines.get(1).indexOf('^')));
    }

    private static List<String> marked(String text, int column, int end) {
        return new SourceError(Path.of("a.py"), 0, 1, column, end, "SyntaxError: x", text).marked();
    }
}
