package meshdev.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a source cannot be run. Nothing of it is harmless to a terminal yet, except for {@link #marked}.
 *
 * @param cell    of a notebook, from 1; 0 for other sources
 * @param line    from 1, of the cell in a notebook; 0 when none is to blame
 * @param column  from 1, in characters; 0 when it is not known
 * @param end     behind the last marked character, on the same line; 0 when it is not known
 * @param message such as {@code SyntaxError: invalid syntax}
 * @param text    the line; empty when there is none
 */
public record SourceError(Path file, int cell, int line, int column, int end, String message, String text) {
    /** As much of a line is shown. */
    private static final int WIDTH = 100;
    /** As much is kept before the marked place, when the line is longer. */
    private static final int BEFORE = 60;

    /** {@code agents/orders.py:12} or {@code agents/demo.ipynb[cell 3]:2}. */
    public String place(String shownFile) {
        return shownFile + (cell > 0 ? "[cell " + cell + "]" : "") + (line > 0 ? ":" + line : "");
    }

    /**
     * The line of source, and one with a caret below the place; empty without a line. Indentation is taken away, tabs are
     * blanks, characters that a terminal would obey or that have no width are dots, and wide ones have two carets' room.
     */
    public List<String> marked() {
        int[] all = text.codePoints().toArray();
        int start = 0;
        while (start < all.length && isBlank(all[start])) {
            start++;
        }
        int from = Math.max(start, column - 1 > start + WIDTH - 10 ? column - 1 - BEFORE : start);
        int to = Math.min(all.length, from + WIDTH);
        if (from >= to) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(shown(all, from, to)));
        int mark = column - 1;
        if (mark >= from && mark <= to) {
            int last = Math.max(mark + 1, Math.min(end - 1, to));
            lines.add(" ".repeat(width(all, from, mark)) + "^".repeat(Math.max(1, width(all, mark, Math.min(last, to)))));
        }
        return lines;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static String shown(int[] all, int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int at = from; at < to; at++) {
            out.appendCodePoint(isBlank(all[at]) ? ' ' : isShowable(all[at]) ? all[at] : '.');
        }
        return out.toString();
    }

    private static boolean isShowable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    private static int width(int[] all, int from, int to) {
        int width = 0;
        for (int at = from; at < to; at++) {
            width += isShowable(all[at]) && isWide(all[at]) ? 2 : 1;
        }
        return width;
    }

    /** By blocks of Unicode: East Asian scripts and pictures. */
    private static boolean isWide(int c) {
        return c >= 0x1100 && c <= 0x115f || c >= 0x2e80 && c <= 0xa4cf || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff || c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6 || c >= 0x1f300 && c <= 0x1faff || c >= 0x20000 && c <= 0x3fffd;
    }
}
