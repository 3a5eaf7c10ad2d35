package meshdev.config;

/**
 * The value around a place, as the user wrote it: found in the raw line, because a YAML parser stops in the middle of it.
 *
 * @param text       to the end of the line without a comment; may be empty
 * @param mayBeShown false when it is not an item of a list of globs (or two lines have run
 *                   together) and so may be a secret
 */
record UnquotedGlob(String text, Place at, boolean mayBeShown) {
    private static final int FARTHEST = 1_000;

    static UnquotedGlob at(SourceText source, Place place) {
        String line = source.line(place.line());
        int start = valueStart(line);
        String key = keyBefore(line, start);
        String value = withoutComment(line.substring(start));
        if (isFlowList(value, line, start)) {
            int inner = innerStart(line, start, place);
            value = withoutComment(line.substring(inner, itemEnd(line, inner)));
            start = inner;
        }
        if (key.isEmpty()) {
            key = enclosingKey(source, place.line(), indent(line));
        }
        Place at = new Place(place.line(), line.codePointCount(0, start) + 1);
        return new UnquotedGlob(value, at, isGlobKey(key) && !value.contains(": "));
    }

    /** Behind the indentation, any {@code "- "} and one {@code "key: "}. */
    private static int valueStart(String line) {
        int start = indent(line);
        while (line.startsWith("- ", start)) {
            start += 2 + indent(line.substring(start + 2));
        }
        int end = start;
        while (end < line.length() && isKeyCharacter(line.charAt(end))) {
            end++;
        }
        boolean key = end > start && line.startsWith(": ", end);
        return key ? end + 2 + indent(line.substring(end + 2)) : start;
    }

    private static String keyBefore(String line, int valueStart) {
        int colon = line.lastIndexOf(": ", valueStart);
        if (colon < 0 || colon >= valueStart) {
            return "";
        }
        int start = colon;
        while (start > 0 && isKeyCharacter(line.charAt(start - 1))) {
            start--;
        }
        return line.substring(start, colon);
    }

    /** {@code key: [a, b]} is a list, while {@code - [ab].py} is meant as one glob. */
    private static boolean isFlowList(String value, String line, int start) {
        boolean item = line.substring(0, start).stripTrailing().endsWith("-");
        return !item && value.startsWith("[") && (value.endsWith("]") || value.indexOf(']') < 0);
    }

    /** The beginning of the item of a flow list that a place is in. */
    private static int innerStart(String line, int listStart, Place place) {
        int start = Math.min(Math.max(place.column() - 1, listStart + 1), line.length());
        while (start > listStart + 1 && line.charAt(start - 1) != ',') {
            start--;
        }
        return start + indent(line.substring(start));
    }

    private static int itemEnd(String line, int start) {
        int end = start;
        int open = 0;
        while (end < line.length() && (open > 0 || ",]".indexOf(line.charAt(end)) < 0)) {
            open += "[{".indexOf(line.charAt(end)) >= 0 ? 1 : "]}".indexOf(line.charAt(end)) >= 0 ? -1 : 0;
            end++;
        }
        return end;
    }

    private static String withoutComment(String value) {
        int comment = value.indexOf(" #");
        String bare = (comment < 0 ? value : value.substring(0, comment)).strip();
        return bare.endsWith(",") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** The key of the nearest line above that holds this one. */
    private static String enclosingKey(SourceText source, int below, int indent) {
        for (int number = below - 1; number > Math.max(0, below - FARTHEST); number--) {
            String line = source.line(number);
            String bare = withoutComment(line);
            boolean holds = !bare.isEmpty() && !bare.startsWith("-") && !bare.startsWith("#") && indent(line) <= indent;
            if (holds && bare.indexOf(':') > 0) {
                return bare.substring(0, bare.indexOf(':'));
            }
        }
        return "";
    }

    private static boolean isGlobKey(String key) {
        return key.equals("include") || key.equals("exclude") || key.equals("log_only") || key.equals("watch");
    }

    private static boolean isKeyCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }
}
