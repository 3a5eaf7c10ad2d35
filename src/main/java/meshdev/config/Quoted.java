package meshdev.config;

/** Shows text of the user's inside a message: on one line, escaped and cut, so that it cannot forge output. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {
    }

    static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            append(shown, text.charAt(i));
        }
        return shown.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }

    /** A key or name; one that cannot be a name may hold a value after a slip of punctuation, and stays unseen. */
    static String name(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetterOrDigit(text.charAt(i)) && "_-.".indexOf(text.charAt(i)) < 0) {
                return "what stands here";
            }
        }
        return of(text);
    }

    /** The text as it has to be written in YAML; single quotes where a backslash would need doubling. */
    static String yaml(String text) {
        String shown = of(text);
        if (text.indexOf('\\') < 0 && text.indexOf('"') < 0) {
            return shown;
        }
        return "'" + shown.substring(1, shown.length() - 1).replace("'", "''") + "'";
    }

    private static void append(StringBuilder shown, char c) {
        if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
            shown.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            shown.append(c);
        }
    }
}
