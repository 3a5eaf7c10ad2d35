package meshdev.agent;

/**
 * Cuts Python source into words, string literals and operators, so that comments and the inside of strings are never
 * taken for code. Lexical only and never fails: on broken source it recovers at the next line.
 */
final class PythonTokens {
    /** The token after the last one. */
    static final String END = "";
    /** A string whose value is not in the source: an f-string, a template or bytes. */
    static final String OPAQUE_STRING = "'";

    private final String source;
    private int at;

    PythonTokens(String source) {
        this.source = source;
    }

    /** A word as it stands, an operator ({@code ==} is one), a literal as {@code "value} without closing quote. */
    String next() {
        skipBlanksAndComments();
        if (at >= source.length()) {
            return END;
        }
        char c = source.charAt(at);
        if (c == '"' || c == '\'') {
            return string(true);
        }
        return isWord(c) ? wordOrString() : operator();
    }

    /** Whether a token is a literal; its value follows the first character. */
    static boolean isLiteral(String token) {
        return token.startsWith("\"");
    }

    private void skipBlanksAndComments() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '#') {
                skipLine();
            } else if (c <= ' ' || c == '\\' || c == '\uFEFF') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (at < source.length() && source.charAt(at) != '\n' && source.charAt(at) != '\r') {
            at++;
        }
    }

    private String wordOrString() {
        int start = at;
        while (at < source.length() && isWord(source.charAt(at))) {
            at++;
        }
        String word = source.substring(start, at);
        boolean quoted = at < source.length() && (source.charAt(at) == '"' || source.charAt(at) == '\'');
        return quoted && isPrefix(word) ? string(isPlain(word)) : word;
    }

    private String operator() {
        int start = at++;
        if (at < source.length() && source.charAt(at) == '=' && "=!<>:+-*/%&|^@".indexOf(source.charAt(start)) >= 0) {
            at++;
        }
        return source.substring(start, at);
    }

    private String string(boolean plain) {
        char quote = source.charAt(at);
        boolean triple = source.startsWith(quote == '"' ? "\"\"\"" : "'''", at);
        int width = triple ? 3 : 1;
        int start = at + width;
        int end = endOfString(start, quote, triple);
        at = Math.min(source.length(), end + (isQuote(end, quote) ? width : 0));
        return plain ? "\"".concat(source.substring(Math.min(start, end), end)) : OPAQUE_STRING;
    }

    /** The index of the closing quote, or of what ends the string without one: the line's end or the file's. */
    private int endOfString(int start, char quote, boolean triple) {
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote && (!triple || isQuote(i + 1, quote) && isQuote(i + 2, quote))) {
                return i;
            } else if (c == '\n' && !triple) {
                return i;
            }
        }
        return source.length();
    }

    private boolean isQuote(int index, char quote) {
        return index < source.length() && source.charAt(index) == quote;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9' || c > 127;
    }

    private static boolean isPrefix(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("rRbBuUfFtT".indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return word.length() <= 2;
    }

    private static boolean isPlain(String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if ("rRuU".indexOf(prefix.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
