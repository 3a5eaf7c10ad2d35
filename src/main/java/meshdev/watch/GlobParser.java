package meshdev.watch;

import meshdev.config.ConfigException;
import meshdev.config.Sourced;

/**
 * Reads one pattern, code point by code point, into an {@link Automaton}. Characters are counted from 1 in messages.
 * Used once.
 */
final class GlobParser {
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 20;

    private final Sourced<String> pattern;
    private final int[] text;
    private final boolean throughHidden;
    private final Automaton.Builder states = new Automaton.Builder();
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private int next;
    private boolean segmentStart = true;
    private boolean wildSegment;
    private boolean wild;
    private boolean folderOnly;
    private String prefix = "";

    /**
     * @param text          what to read; {@code pattern} is only quoted in messages
     * @param begin         code points of {@code text} to skip
     * @param throughHidden whether {@code **} and "everything below" enter folders whose name begins with a dot
     */
    GlobParser(Sourced<String> pattern, String text, int begin, boolean throughHidden) {
        this.pattern = pattern;
        this.text = codePoints(text);
        this.throughHidden = throughHidden;
        this.next = begin;
    }

    /** Not by a stream: a dozen classes before the first launch. */
    private static int[] codePoints(String text) {
        int[] points = new int[text.codePointCount(0, text.length())];
        for (int i = 0, at = 0; i < points.length; i++) {
            points[i] = text.codePointAt(at);
            at += Character.charCount(points[i]);
        }
        return points;
    }

    /** What a pattern was read into; {@code tail} is text that every match ends with. */
    record Parsed(Automaton automaton, boolean literal, boolean anchored, String prefix, String tail) {
    }

    Parsed parse(boolean absolute) {
        if (text.length > LONGEST) {
            throw error("it has " + text.length + " characters, the limit is " + LONGEST);
        }
        boolean anchored = absolute || slashBeforeEnd();
        skipSlashes();
        if (next == text.length) {
            throw error("it names nothing; \"**\" means every file");
        }
        int begin = states.after(0);
        int end = sequence(anchored ? begin : folders(begin), 0);
        int accept = states.state();
        if (!folderOnly) {
            states.join(end, accept);
        }
        boolean covers = folderOnly || !anchored || !wildSegment;
        if (covers) {
            states.join(states.rest(states.literal(states.after(end), '/', false), throughHidden), accept);
        }
        boolean literal = !wild && !folderOnly;
        return new Parsed(states.build(accept), literal, anchored, anchored ? prefix : "",
                covers ? "" : tail.toString());
    }

    private int sequence(int from, int depth) {
        int state = from;
        while (next < text.length && !(depth > 0 && (text[next] == ',' || text[next] == '}'))) {
            state = switch (text[next]) {
                case '/' -> slash(state);
                case '*' -> stars(state, depth);
                case '?' -> wildcard(states.inSegment(state, false), 1);
                case '[' -> bracket(state);
                case '{' -> group(state, depth);
                case '\\' -> escaped(state);
                default -> plain(state, text[next++]);
            };
        }
        return state;
    }

    private int slash(int state) {
        skipSlashes();
        if (next == text.length) {
            folderOnly = true;
            return state;
        }
        if (!wild) {
            prefix = plain.toString();
        }
        wildSegment = false;
        return literal(state, '/');
    }

    /** Skips slashes and {@code ./} segments; afterwards a segment begins. */
    private void skipSlashes() {
        segmentStart = true;
        while (at(next, '/') || at(next, '.') && at(next + 1, '/')) {
            next += at(next, '/') ? 1 : 2;
        }
        if (at(next, '.') && at(next + 1, '.') && (next + 2 == text.length || at(next + 2, '/'))) {
            throw error("\"..\" at character " + (next + 1) + " leaves the project; patterns are relative to the "
                    + "project root, write the path without it");
        }
    }

    private int stars(int state, int depth) {
        int begin = next;
        while (at(next, '*')) {
            next++;
        }
        boolean whole = segmentStart && next - begin > 1;
        if (whole && at(next, '/')) {
            return foldersThenMore(state);
        }
        boolean last = next == text.length || depth > 0 && (text[next] == ',' || text[next] == '}');
        if (whole && last) {
            return wildcard(states.rest(state, throughHidden), 0);
        }
        int loop = states.after(state);
        states.loop(loop, loop, false);
        return wildcard(states.after(loop), 0);
    }

    private int foldersThenMore(int state) {
        skipSlashes();
        int more = folders(state);
        wildcard(more, 0);
        segmentStart = true;
        if (next == text.length) {
            return states.rest(more, throughHidden);
        }
        wildSegment = false;
        return more;
    }

    /** Zero or more whole folders. */
    private int folders(int state) {
        int loop = states.after(state);
        int name = states.state();
        states.loop(loop, name, throughHidden);
        states.loop(name, name, throughHidden);
        states.join(states.literal(states.after(name), '/', false), loop);
        return states.after(loop);
    }

    private int bracket(int state) {
        int open = next++;
        boolean negated = at(next, '!') || at(next, '^');
        next += negated ? 1 : 0;
        CharClass.Builder members = new CharClass.Builder(negated);
        while (!at(next, ']') || members.isEmpty()) {
            int first = member(open);
            boolean range = at(next, '-') && next + 1 < text.length && !at(next + 1, ']');
            next += range ? 1 : 0;
            int last = range ? member(open) : first;
            if (last < first) {
                throw error("the range that ends at character " + next + " runs backwards");
            }
            members.add(first, last);
        }
        return wildcard(states.oneOf(state, members.build()), 1);
    }

    private int member(int open) {
        if (at(next, '\\')) {
            next++;
        }
        if (next >= text.length) {
            throw unclosed('[', ']', open);
        }
        if (at(next, '[') && at(next + 1, ':')) {
            throw error("named classes such as [:alpha:] (character " + (next + 1) + ") are not supported; write "
                    + "the range, such as [a-z]");
        }
        return text[next++];
    }

    private int group(int state, int depth) {
        int open = next;
        boolean boundary = segmentStart;
        boolean endsAtBoundary = false;
        if (depth == DEEPEST) {
            throw error("\"{\" at character " + (open + 1) + " is nested deeper than " + DEEPEST);
        }
        wild = true;
        int end = states.state();
        do {
            next++;
            segmentStart = boundary;
            states.join(sequence(states.after(state), depth + 1), end);
            endsAtBoundary |= segmentStart;
        } while (at(next, ','));
        if (next >= text.length) {
            throw unclosed('{', '}', open);
        }
        next++;
        segmentStart = endsAtBoundary;
        tail.setLength(0);
        return end;
    }

    private int escaped(int state) {
        next++;
        if (next == text.length) {
            throw error("nothing follows the \"\\\" at character " + next + "; write \"\\\\\" for a backslash");
        }
        return plain(state, text[next++]);
    }

    private int plain(int state, int codePoint) {
        int after = literal(state, codePoint);
        segmentStart = false;
        return after;
    }

    private int literal(int state, int codePoint) {
        plain.appendCodePoint(codePoint);
        tail.appendCodePoint(codePoint);
        return states.literal(state, codePoint, segmentStart);
    }

    private int wildcard(int state, int length) {
        next += length;
        segmentStart = false;
        wildSegment = true;
        wild = true;
        tail.setLength(0);
        return state;
    }

    private boolean at(int index, int codePoint) {
        return index < text.length && text[index] == codePoint;
    }

    private boolean slashBeforeEnd() {
        int end = text.length;
        while (end > 0 && text[end - 1] == '/') {
            end--;
        }
        int begin = next;
        while (begin < end && text[begin] != '/') {
            begin++;
        }
        return begin < end;
    }

    private ConfigException unclosed(char open, char close, int at) {
        return error("\"" + open + "\" at character " + (at + 1) + " is never closed; add \"" + close + "\", or write \"\\"
                + open + "\" for the character itself");
    }

    private ConfigException error(String what) {
        return new ConfigException(pattern.origin() + ": \"" + pattern.value() + "\": " + what);
    }
}
