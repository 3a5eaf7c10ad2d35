package meshdev.config;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Turns snakeyaml's complaints into a place and a remedy. Text of the file is shown only when it belongs to a list of globs:
 * anything else may be a secret.
 */
final class YamlComplaint {
    private static final String INDICATORS = "*!{[@&%`";

    private YamlComplaint() {
    }

    static ConfigException explain(SourceText source, MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        if (mark == null) {
            return source.error(Place.START, "is no valid YAML");
        }
        Place at = new Place(mark.getLine() + 1, mark.getColumn() + 1);
        int tab = indentingTab(source.line(at.line()));
        if (tab >= 0) {
            return source.error(new Place(at.line(), tab + 1), "a tab indents line " + at.line() + "; use spaces");
        }
        if (beginsUnquoted(source, at)) {
            return unquoted(source, at);
        }
        Mark context = e.getContextMark();
        Place opened = context == null ? at : new Place(context.getLine() + 1, context.getColumn() + 1);
        if (opened.line() != at.line() && beginsUnquoted(source, opened)) {
            return unquoted(source, opened);
        }
        return source.error(at, remedy(String.valueOf(e.getProblem())));
    }

    /** For an anchor, an alias or a tag at a place: usually a glob that lacks its quotes. */
    static ConfigException decorated(SourceText source, Place at) {
        String line = source.line(at.line());
        if (line.startsWith("!!", at.column() - 1) || line.startsWith("!<", at.column() - 1)) {
            return source.error(at, "tags are not allowed here; remove it, or quote the text");
        }
        UnquotedGlob glob = UnquotedGlob.at(source, at);
        boolean pattern = glob.mayBeShown() && glob.text().startsWith("*");
        if (!pattern && isReference(glob.text()) || !beginsUnquoted(source, at)) {
            return source.error(at, "anchors and aliases are not supported; write the value out, or quote it");
        }
        return unquoted(source, at);
    }

    /** A text that YAML takes for something else because of its first character. */
    static ConfigException unquoted(SourceText source, Place at) {
        UnquotedGlob glob = UnquotedGlob.at(source, at);
        String remedy = glob.mayBeShown() ? "quote the pattern: " + Quoted.yaml(glob.text()) : "put it in quotes";
        return source.error(glob.at(), "unquoted text must not begin with " + glob.text().charAt(0) + "; " + remedy);
    }

    private static boolean beginsUnquoted(SourceText source, Place at) {
        String text = UnquotedGlob.at(source, at).text();
        return !text.isEmpty() && INDICATORS.indexOf(text.charAt(0)) >= 0;
    }

    /** {@code &word} or {@code *word}, alone or before something else. */
    private static boolean isReference(String text) {
        int end = 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || "_-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end > 1 && "&*".indexOf(text.charAt(0)) >= 0 && (end == text.length() || text.charAt(end) == ' ');
    }

    /** The index of a tab before the first visible character, or -1. */
    static int indentingTab(String line) {
        for (int i = 0; i < line.length() && Character.isWhitespace(line.charAt(i)); i++) {
            if (line.charAt(i) == '\t') {
                return i;
            }
        }
        return -1;
    }

    private static String remedy(String problem) {
        if (problem.contains("(TAB)")) {
            return "a tab stands where YAML wants spaces; use spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a \": \" does not fit here; check the indentation, or quote the text";
        }
        if (problem.contains("could not find expected ':'")) {
            return "expected \"key: value\"; check the line and its indentation";
        }
        if (problem.contains("end of stream") || problem.contains("<stream end>")) {
            return "the file ends inside a quoted text or a list; close it";
        }
        if (problem.contains("escape character")) {
            return "a backslash in double quotes does not fit; use single quotes, which keep it";
        }
        if (problem.startsWith("expected") || problem.startsWith("but found")) {
            return "does not fit here; check the indentation, commas and brackets, and quote special text";
        }
        return "is no valid YAML here; check quotes and indentation";
    }
}
