package meshdev.config;

/** Refuses what no YAML parser explains well: conflict markers of git and characters no text file has. */
final class SourceCheck {
    private SourceCheck() {
    }

    /** @throws ConfigException at the first such line or character */
    static void check(SourceText source) {
        String text = source.text();
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (lineStart && isConflictMarker(text, i)) {
                throw source.error(source.place(i), "git conflict marker; finish the merge and remove it");
            }
            if (isControl(c)) {
                throw source.error(source.place(i), "control character " + codePoint(c) + "; remove it");
            }
            lineStart = c == '\n';
        }
    }

    private static boolean isConflictMarker(String text, int at) {
        char c = text.charAt(at);
        if (c != '<' && c != '=' && c != '>' && c != '|') {
            return false;
        }
        int end = at;
        while (end < text.length() && text.charAt(end) == c) {
            end++;
        }
        return end - at == 7 && (end == text.length() || Character.isWhitespace(text.charAt(end)));
    }

    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0 && c != 0x85);
    }

    private static String codePoint(char c) {
        return "U+00" + Character.toUpperCase(Character.forDigit(c >> 4, 16))
                + Character.toUpperCase(Character.forDigit(c & 15, 16));
    }
}
