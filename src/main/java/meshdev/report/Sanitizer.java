package meshdev.report;

/**
 * Makes text written by others harmless to a terminal or a log file, one line at a time.
 *
 * <p>Escape sequences are dropped as ECMA-48 delimits them; one that doesn't end within the line loses only its
 * introducer, so that no output is hidden by it. Other control characters and those that reorder text are shown as
 * {@code \x07} or {@code \}{@code u202e}. Time is linear in the length whatever the line says.
 */
public final class Sanitizer {
    private static final char ESC = 0x1b;
    private static final char BEL = 0x07;
    private static final char STRING_TERMINATOR = 0x9c;
    private static final String RESET = "\u001b[0m";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final String text;
    private final boolean colors;
    private final StringBuilder out;
    private boolean colored;

    private Sanitizer(String text, boolean colors) {
        this.text = text;
        this.colors = colors;
        this.out = new StringBuilder(text.length() + 16);
    }

    /** Keeps colour sequences and tabs; a line that leaves a colour on gets a reset at its end. */
    public static String forTerminal(String line) {
        return isHarmless(line, true) ? line : new Sanitizer(line, true).clean();
    }

    /** Keeps tabs and no escape sequence at all: for log files and terminals without colour. */
    public static String plain(String line) {
        return isHarmless(line, true) ? line : new Sanitizer(line, false).clean();
    }

    /** A file's name, or anything else not ours, to be shown within a line of ours: every control is visible. */
    public static String escapeName(String name) {
        if (isHarmless(name, false)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else {
                appendVisible(out, c);
            }
        }
        return out.toString();
    }

    private static boolean isHarmless(String text, boolean tabs) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isPlain(c) && !(tabs && c == '\t')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7f || c > 0x9f && !breaksOrReorders(c);
    }

    private static boolean breaksOrReorders(char c) {
        return c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    private static void appendVisible(StringBuilder out, char c) {
        if (isPlain(c)) {
            out.append(c);
        } else if (c <= 0xff) {
            out.append("\\x").append(HEX[c >> 4]).append(HEX[c & 15]);
        } else {
            out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
            out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        }
    }

    private String clean() {
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (c == ESC) {
                at = escape(at + 1);
            } else if (c >= 0x80 && c <= 0x9f) {
                at = introduced(c, at + 1);
            } else {
                if (c == '\t') {
                    out.append(c);
                } else {
                    appendVisible(out, c);
                }
                at++;
            }
        }
        return colored ? out.append(RESET).toString() : out.toString();
    }

    /** Drops, or passes, the sequence whose ESC stands before {@code at}; returns where the text goes on. */
    private int escape(int at) {
        int next = at;
        while (isBetween(next, 0x20, 0x2f)) {
            next++;
        }
        if (next > at) {
            return isBetween(next, 0x30, 0x7e) ? next + 1 : next;
        }
        if (isBetween(at, 'k', 'k')) {
            return controlString(at + 1);
        }
        if (isBetween(at, 0x40, 0x5f)) {
            return introduced((char) (text.charAt(at) + 0x40), at + 1);
        }
        return isBetween(at, 0x30, 0x7e) ? at + 1 : at;
    }

    /** {@code c1} is the control as one character; the two-character form beginning with ESC means the same. */
    private int introduced(char c1, int at) {
        return switch (c1) {
            case 0x9b -> controlSequence(at);
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> controlString(at);
            default -> at;
        };
    }

    private int controlSequence(int at) {
        int parameters = at;
        while (isBetween(parameters, 0x30, 0x3f)) {
            parameters++;
        }
        int last = parameters;
        while (isBetween(last, 0x20, 0x2f)) {
            last++;
        }
        if (!isBetween(last, 0x40, 0x7e)) {
            return last;
        }
        if (colors && last == parameters && text.charAt(last) == 'm') {
            color(at, last);
        }
        return last + 1;
    }

    /** Passes a colour; one with a private marker ({@code CSI > 4 m} changes the keyboard) is none. */
    private void color(int start, int end) {
        boolean reset = true;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c > ';') {
                return;
            }
            reset &= c == '0' || c == ';';
        }
        colored = !reset;
        out.append("\u001b[").append(text, start, end).append('m');
    }

    /** OSC, DCS and their like go on to BEL or ST; any other escape or control of their kind breaks them off. */
    private int controlString(int start) {
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == BEL || c == STRING_TERMINATOR) {
                return at + 1;
            }
            if (c == ESC) {
                return isBetween(at + 1, '\\', '\\') ? at + 2 : at;
            }
            if (c >= 0x80 && c <= 0x9f) {
                return at;
            }
        }
        return start;
    }

    private boolean isBetween(int at, int low, int high) {
        return at < text.length() && text.charAt(at) >= low && text.charAt(at) <= high;
    }
}
