package meshdev.watch;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.Sourced;

/**
 * One glob, checked and compiled. Paths are given relative to the folder the glob is for, with {@code /} between
 * names; matching takes time linear in the path's length. Immutable and thread-safe.
 */
public final class Glob {
    /** Hidden names need a pattern that names the dot; folders above a rejected file may be hidden all the same. */
    public enum Use { SELECT, REJECT }

    private final Sourced<String> pattern;
    private final GlobParser.Parsed parsed;
    private final boolean normalised;

    private Glob(Sourced<String> pattern, GlobParser.Parsed parsed, boolean normalised) {
        this.pattern = pattern;
        this.parsed = parsed;
        this.normalised = normalised;
    }

    /**
     * Compiles a pattern.
     *
     * @param folder     what matched paths are relative to; an absolute pattern must lie below it
     * @param normalised whether names that differ only in Unicode composition are one name, as on macOS
     * @throws ConfigException with the pattern's origin and the character, when the pattern can't be meant
     */
    public static Glob parse(Sourced<String> pattern, Path folder, Use use, boolean normalised) {
        String text = normalise(pattern.value(), normalised);
        if (text.startsWith("!")) {
            throw error(pattern, "patterns can't be negated; write " + quote(text.substring(1))
                    + " under exclude: (or \"\\!\" for a name that begins with \"!\")");
        }
        boolean absolute = text.startsWith("/");
        int begin = absolute ? lengthOf(folder, pattern, text, normalised) : 0;
        GlobParser parser = new GlobParser(pattern, text, begin, use == Use.REJECT);
        return new Glob(pattern, parser.parse(absolute), normalised);
    }

    /** A pattern that means just this text. Not by a regular expression: it is wanted before the first launch. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append("\\*?[{".indexOf(c) < 0 ? "" : "\\").append(c);
        }
        return escaped.toString();
    }

    public boolean matches(String path) {
        String name = normalise(path, normalised);
        return name.endsWith(parsed.tail()) && parsed.automaton().matches(name);
    }

    /** Whether anything below {@code folder} can match; the empty string is the folder the glob is for. */
    boolean reaches(String folder) {
        return folder.isEmpty() || parsed.automaton().alive(normalise(folder, normalised) + "/");
    }

    /** Whether everything below {@code folder} matches. */
    boolean covers(String folder) {
        return !folder.isEmpty() && parsed.automaton().matchesAllAfter(normalise(folder, normalised) + "/");
    }

    public Sourced<String> pattern() {
        return pattern;
    }

    /** Whether the pattern is a plain name or path. */
    boolean literal() {
        return parsed.literal();
    }

    /** Whether the pattern holds for one place, not for a name at any depth. */
    boolean anchored() {
        return parsed.anchored();
    }

    /** The deepest folder that is above every match; empty when that is the folder the glob is for. */
    String prefix() {
        return parsed.prefix();
    }

    /** What the user should know although the pattern is valid: a complete sentence with its place. */
    Optional<String> warning() {
        String text = pattern.value();
        return text.startsWith("~") || text.startsWith("$")
                ? Optional.of(pattern.origin() + ": " + quote(text) + ": \"" + text.charAt(0)
                        + "\" is taken literally, it is not expanded; write the path relative to the project root")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return pattern.value();
    }

    private static int lengthOf(Path folder, Sourced<String> pattern, String text, boolean normalised) {
        String root = normalise(folder.toString(), normalised);
        String slashed = root.endsWith("/") ? root : root + "/";
        if (text.startsWith(slashed)) {
            return slashed.codePointCount(0, slashed.length());
        }
        throw error(pattern, "it lies outside the project " + folder + "; write the path relative to that folder, "
                + "without the leading \"/\"");
    }

    private static String normalise(String text, boolean normalised) {
        return normalised ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
    }

    private static ConfigException error(Sourced<String> pattern, String what) {
        return new ConfigException(pattern.origin() + ": " + quote(pattern.value()) + ": " + what);
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}
