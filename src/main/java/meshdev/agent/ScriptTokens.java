package meshdev.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Cuts JavaScript and TypeScript, and JSON with comments, into words, literals and punctuation, so that comments and the
 * inside of strings and regular expressions are never taken for code. Lexical only and never fails.
 */
public final class ScriptTokens {
    private static final Set<String> BEFORE_REGEX = Set.of("return", "typeof", "case", "in", "of", "do", "else", "void",
            "delete", "throw", "new", "await", "yield", "instanceof");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    /** For each template that is open the depth of braces in its expression. */
    private final Deque<Integer> templates = new ArrayDeque<>();
    private int at;
    private int line = 1;

    private ScriptTokens(String source) {
        this.source = source;
    }

    public enum Kind {
        WORD, MARK,
        /** A string whose value is in the source. */
        LITERAL,
        /** A part of a template, or a regular expression. */
        OPAQUE
    }

    /** @param line from 1 */
    public record Token(Kind kind, String text, int line) {
        public boolean is(String expected) {
            return (kind == Kind.WORD || kind == Kind.MARK) && text.equals(expected);
        }
    }

    public static List<Token> of(String source) {
        ScriptTokens reader = new ScriptTokens(source);
        while (reader.at < source.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    private void next() {
        char c = source.charAt(at);
        if (c == '\n') {
            line++;
            at++;
        } else if (c <= ' ' || c == '\uFEFF') {
            at++;
        } else if (source.startsWith("//", at) || at == 0 && source.startsWith("#!")) {
            skipTo(source.indexOf('\n', at), 0);
        } else if (source.startsWith("/*", at)) {
            skipTo(source.indexOf("*/", at + 2), 2);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            template(at + 1, Kind.LITERAL);
        } else if (c == '/' && regexMayBegin()) {
            regex();
        } else {
            wordOrMark(c);
        }
    }

    private void skipTo(int found, int more) {
        int end = found < 0 ? source.length() : found + more;
        for (; at < end; at++) {
            line += source.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote && source.charAt(end) != '\n') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, source.length());
        String text = source.substring(at + 1, end);
        tokens.add(new Token(text.indexOf('\\') < 0 ? Kind.LITERAL : Kind.OPAQUE, text, line));
        skipTo(end, end < source.length() && source.charAt(end) == quote ? 1 : 0);
    }

    /** Up to the end of a template, or to the next expression in it. */
    private void template(int start, Kind whole) {
        int end = start;
        while (end < source.length() && source.charAt(end) != '`' && !source.startsWith("${", end)) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, source.length());
        boolean expression = source.startsWith("${", end);
        String text = source.substring(start, end);
        tokens.add(new Token(expression || text.indexOf('\\') >= 0 ? Kind.OPAQUE : whole, text, line));
        skipTo(end, expression ? 2 : Math.min(1, source.length() - end));
        if (expression) {
            templates.push(0);
        }
    }

    private boolean regexMayBegin() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.kind() == Kind.MARK ? !Set.of(")", "]", "}").contains(last.text())
                : last.kind() == Kind.WORD && BEFORE_REGEX.contains(last.text());
    }

    private void regex() {
        boolean inClass = false;
        int end = at + 1;
        for (; end < source.length() && source.charAt(end) != '\n'; end++) {
            char c = source.charAt(end);
            if (c == '/' && !inClass) {
                break;
            }
            inClass = c == '[' || inClass && c != ']';
            end += c == '\\' ? 1 : 0;
        }
        if (end >= source.length() || source.charAt(end) == '\n') {
            wordOrMark('/');
            return;
        }
        tokens.add(new Token(Kind.OPAQUE, "", line));
        at = end + 1;
    }

    private void wordOrMark(char c) {
        int start = at;
        while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
        if (at > start) {
            tokens.add(new Token(Kind.WORD, source.substring(start, at), line));
            return;
        }
        at++;
        if (!templates.isEmpty() && (c == '{' || c == '}')) {
            int depth = templates.pop() + (c == '{' ? 1 : -1);
            if (depth < 0) {
                template(at, Kind.OPAQUE);
                return;
            }
            templates.push(depth);
        }
        tokens.add(new Token(Kind.MARK, String.valueOf(c), line));
    }
}
