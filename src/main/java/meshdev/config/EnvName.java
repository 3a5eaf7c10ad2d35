package meshdev.config;

import java.nio.charset.StandardCharsets;

/** What a name and a value of an environment may be, so that every process can be started with them. */
final class EnvName {
    /** The kernel's limit for {@code NAME=value} with its terminator, in bytes. */
    private static final int LONGEST = 128 * 1024;

    private EnvName() {
    }

    /** Letters, digits, {@code _}, {@code .} and {@code -}, beginning with a letter or {@code _}. */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean later = i > 0 && ((c >= '0' && c <= '9') || c == '.' || c == '-');
            if (!letter && !later) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Why no process can get the value, or an empty text; never shows the value. */
    static String problem(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            return "the value of " + name + " contains a NUL character";
        }
        int bytes = name.length() + 2 + value.getBytes(StandardCharsets.UTF_8).length;
        return bytes > LONGEST ? "the value of " + name + " is longer than 128 KiB, the limit for a process" : "";
    }
}
