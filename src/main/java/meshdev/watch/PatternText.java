package meshdev.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to read a glob, as text without alternatives, for telling users what it would have matched.
 *
 * @param folder what stands before the last name, without slashes at its ends; empty for none
 * @param last   the pattern of the file's name; {@code **} when everything below the folder counts
 */
record PatternText(boolean anchored, String folder, String last) {
    /** More alternatives than that are not looked at. */
    private static final int MOST = 64;
    private static final String WILD = "*?[\\";

    /** Every reading of a valid pattern that is relative to some folder. */
    static List<PatternText> readings(String pattern) {
        List<String> open = new ArrayList<>(List.of(pattern));
        List<PatternText> readings = new ArrayList<>();
        for (int i = 0; i < open.size() && i < MOST; i++) {
            int brace = brace(open.get(i));
            if (brace < 0) {
                readings.add(read(open.get(i)));
            } else {
                open.addAll(alternatives(open.get(i), brace));
            }
        }
        return readings;
    }

    private static PatternText read(String pattern) {
        String text = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        String trimmed = text.endsWith("/") ? text.replaceAll("/+$", "") : text;
        boolean anchored = pattern.length() != text.length() || trimmed.contains("/");
        if (trimmed.length() != text.length()) {
            return new PatternText(anchored, trimmed, "**");
        }
        int slash = trimmed.lastIndexOf('/');
        return new PatternText(anchored, trimmed.substring(0, Math.max(0, slash)), trimmed.substring(slash + 1));
    }

    /** The first brace that opens alternatives, or -1. */
    private static int brace(String text) {
        boolean inClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{' && !inClass) {
                return i;
            } else {
                inClass = inClass ? c != ']' : c == '[';
            }
        }
        return -1;
    }

    /** The text once for each alternative of the braces that open at {@code begin}; inner ones stay. */
    private static List<String> alternatives(String text, int begin) {
        List<String> inside = new ArrayList<>();
        int depth = 0;
        int from = begin + 1;
        int end = begin;
        do {
            char c = text.charAt(end);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 || depth == 1 && c == ',') {
                inside.add(text.substring(from, end));
                from = end + 1;
            }
            end += c == '\\' ? 2 : 1;
        } while (depth > 0 && end < text.length());
        String before = text.substring(0, begin);
        String after = text.substring(Math.min(end, text.length()));
        return inside.stream().map(one -> before + one + after).toList();
    }

    /** The same with another last name. */
    String withLast(String other) {
        return (anchored ? "./" : "") + folder + (folder.isEmpty() ? "" : "/") + other;
    }

    /** The extension that the last name asks for, with its dot; empty when it leaves that open. */
    String extension() {
        String text = last.substring(Math.max(0, last.lastIndexOf('.')));
        return text.startsWith(".") && text.length() > 1 && isPlain(text) ? text : "";
    }

    /** The folders that are spelt out at the beginning; those "at any depth" are skipped. */
    List<String> plainFolders() {
        List<String> plain = new ArrayList<>();
        for (String name : folder.split("/")) {
            if (name.isEmpty() || !isPlain(name)) {
                if (plain.isEmpty() && name.equals("**")) {
                    continue;
                }
                return plain;
            }
            plain.add(name);
        }
        return plain;
    }

    /** Whether the last name says more than "any". */
    boolean namesFiles() {
        return last.chars().anyMatch(c -> WILD.indexOf(c) < 0);
    }

    static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> WILD.indexOf(c) >= 0);
    }
}
