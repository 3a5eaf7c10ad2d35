package meshdev.agent;

import java.nio.file.Path;

/** Paths as the user reads them: relative where possible, control characters escaped so that no name can forge a line. */
public final class Shown {
    private Shown() {
    }

    /** The path below {@code base}, else the absolute path; {@code base} itself is {@code .}. */
    public static String path(Path file, Path base) {
        if (!file.startsWith(base)) {
            return escaped(file.toString());
        }
        String relative = base.relativize(file).toString();
        return relative.isEmpty() ? "." : escaped(relative);
    }

    /** Control characters as {@code \n}, {@code \r}, {@code \t} or {@code \x1b}; all else unchanged. */
    public static String escaped(String text) {
        int i = 0;
        while (i < text.length() && !Character.isISOControl(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8).append(text, 0, i);
        for (; i < text.length(); i++) {
            append(out, text.charAt(i));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (Character.isISOControl(c)) {
                    out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
