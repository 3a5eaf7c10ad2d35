package meshdev.agent;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The text of a notebook's code cells, found by walking over its JSON; all else is stepped over. Never fails: what is
 * no notebook has no cells. It is read before the first agent is started, so Python is not asked.
 */
public final class NotebookCells {
    /** Outputs may be pictures; what lies beyond is not looked at. */
    private static final int LIMIT_BYTES = 16 << 20;
    private static final int DEEPEST = 100;

    private final String json;
    private final StringBuilder code = new StringBuilder();
    private int at;

    private NotebookCells(String json) {
        this.json = json;
    }

    /** Reads at most 16 MiB as UTF-8. */
    public static String read(Path file) throws IOException {
        return of(LimitedText.read(file, LIMIT_BYTES));
    }

    /** The code, one cell after the other, each ending with a line end; what is read before broken JSON counts. */
    static String of(String json) {
        NotebookCells cells = new NotebookCells(json);
        cells.value(0, false);
        return cells.code.toString();
    }

    /** Steps over one value and returns the text of strings in it, if that is wanted. Stands at the end when it fails. */
    private String value(int depth, boolean wanted) {
        char c = depth > DEEPEST ? '\0' : peek();
        if (c == '"') {
            return string(wanted);
        }
        if (c == '{') {
            object(depth);
            return "";
        }
        if (c == '[') {
            return array(depth, wanted);
        }
        int start = at;
        while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        if (start == at || depth > DEEPEST) {
            at = json.length();
        }
        return "";
    }

    private String array(int depth, boolean wanted) {
        StringBuilder text = new StringBuilder();
        at++;
        while (peek() != ']' && at < json.length()) {
            text.append(value(depth + 1, wanted));
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return text.toString();
    }

    /** A code cell is an object that says so; format 3 calls its source {@code input}. */
    private void object(int depth) {
        boolean isCode = false;
        String source = "";
        at++;
        while (peek() == '"') {
            String key = string(true);
            if (peek() == ':') {
                at++;
            }
            String text = value(depth + 1, key.equals("source") || key.equals("input") || key.equals("cell_type"));
            isCode = isCode || key.equals("cell_type") && text.equals("code");
            source = key.equals("source") || key.equals("input") ? text : source;
            if (peek() == ',') {
                at++;
            }
        }
        at = peek() == '}' ? at + 1 : json.length();
        if (isCode) {
            code.append(source).append('\n');
        }
    }

    private char peek() {
        while (at < json.length() && " \t\r\n\uFEFF".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return at < json.length() ? json.charAt(at) : '\0';
    }

    private String string(boolean wanted) {
        StringBuilder text = new StringBuilder();
        for (at++; at < json.length() && json.charAt(at) != '"'; at++) {
            char c = json.charAt(at);
            if (c == '\\' && at + 1 < json.length()) {
                c = escaped(json.charAt(++at));
            }
            if (wanted) {
                text.append(c);
            }
        }
        at = Math.min(at + 1, json.length());
        return text.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> character();
            default -> c;
        };
    }

    /** Four digits; a wrong one ends the reading. */
    private char character() {
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < json.length() ? Character.digit(json.charAt(at + i), 16) : -1;
            if (digit < 0) {
                at = json.length();
                return '\0';
            }
            value = value * 16 + digit;
        }
        at += 4;
        return (char) value;
    }
}
