package meshdev.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code .env} text: {@code NAME=value} with an optional {@code export}, single quotes (as written), double quotes
 * (several lines, with {@code \n \t \r \" \\}) and comments. A line that makes no sense costs only itself.
 */
final class DotEnvParser {
    private final String text;
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<DotEnv.Fault> faults = new ArrayList<>();
    private int at;
    private int line;

    DotEnvParser(String text, String name) {
        this.text = text.replace("\r\n", "\n");
        this.name = name;
    }

    DotEnv parse() {
        while (at < text.length()) {
            line++;
            int end = lineEnd(at);
            int next = end + 1;
            skipBlanks();
            if (at < end && text.charAt(at) != '#') {
                int valueEnd = entry(end);
                next = valueEnd > end ? lineEnd(valueEnd) + 1 : next;
                line += newlines(end, next - 1);
            }
            at = Math.min(next, text.length());
        }
        return new DotEnv(values, faults, List.of());
    }

    /** Reads the entry at the cursor; returns where its value ends, at most {@code end} when it was refused. */
    private int entry(int end) {
        int separator = text.indexOf('=', at);
        if (separator < 0 || separator > end) {
            fault("expected NAME=value");
            return end;
        }
        String variable = withoutExport(text.substring(at, separator).strip());
        if (!EnvName.isName(variable)) {
            fault("the text before = is no variable name");
            return end;
        }
        at = separator + 1;
        skipBlanks();
        char first = at < end ? text.charAt(at) : '\n';
        return switch (first) {
            case '\'', '"' -> quoted(variable, first, end);
            default -> plain(variable, end);
        };
    }

    private static String withoutExport(String words) {
        boolean export = words.startsWith("export ") || words.startsWith("export\t");
        return export ? words.substring(7).strip() : words;
    }

    private int plain(String variable, int end) {
        int stop = at;
        while (stop < end && !isComment(stop)) {
            stop++;
        }
        put(variable, text.substring(at, stop).strip());
        return end;
    }

    /** A {@code #} begins a comment only behind a blank: {@code a#b} is a value. */
    private boolean isComment(int index) {
        return text.charAt(index) == '#' && isBlank(text.charAt(index - 1));
    }

    private int quoted(String variable, char quote, int end) {
        int close = closing(quote, quote == '"' ? text.length() : end);
        if (close < 0) {
            fault("the quote before the value of " + variable + " is never closed");
            return end;
        }
        int rest = lineEnd(close);
        String behind = text.substring(close + 1, rest).strip();
        if (!behind.isEmpty() && !behind.startsWith("#")) {
            fault("text follows the quoted value of " + variable);
            return end;
        }
        String inner = text.substring(at + 1, close);
        put(variable, quote == '"' ? unescaped(inner) : inner);
        return Math.max(close, end);
    }

    private int closing(char quote, int limit) {
        for (int i = at + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote == '"') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String inner) {
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            char next = c == '\\' && i + 1 < inner.length() ? inner.charAt(++i) : '\0';
            switch (next) {
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case '"', '\\' -> value.append(next);
                case '\0' -> value.append(c);
                default -> value.append(c).append(next);
            }
        }
        return value.toString();
    }

    private void put(String variable, String value) {
        String problem = value.indexOf('\ufffd') >= 0
                ? "the value of " + variable + " is not UTF-8" : EnvName.problem(variable, value);
        if (problem.isEmpty()) {
            values.put(variable, value);
        } else {
            fault(problem);
        }
    }

    private void fault(String problem) {
        faults.add(new DotEnv.Fault(name, line, problem));
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int newlines(int from, int to) {
        int count = 0;
        for (int i = from; i < to && i < text.length(); i++) {
            count += text.charAt(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
