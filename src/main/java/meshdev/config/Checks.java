package meshdev.config;

import java.util.ArrayList;
import java.util.List;

/** What reading one file has gathered so far: its warnings and how many globs it has. Used by one thread. */
final class Checks {
    /** More globs than this in one file are taken for a mistake. */
    static final int MOST_PATTERNS = 1_000;

    private final SourceText source;
    private final List<String> warnings = new ArrayList<>();
    private int patterns;

    Checks(SourceText source) {
        this.source = source;
    }

    List<String> warnings() {
        return warnings;
    }

    void warn(Place at, String message) {
        warnings.add(source.sentence(at, message));
    }

    ConfigException error(Place at, String message) {
        return source.error(at, message);
    }

    <T> Sourced<T> sourced(T value, Place at) {
        return new Sourced<>(value, source.origin(at));
    }

    Origin origin(Place at) {
        return source.origin(at);
    }

    Said said(YamlNode.Text text, String key) {
        return new Said(text.value(), source.sentence(text.at(), key));
    }

    /** The beginning of the raw text at a place, to the end of its line. */
    UnquotedGlob written(Place at) {
        return UnquotedGlob.at(source, at);
    }

    void countPattern(Place at) {
        patterns++;
        if (patterns > MOST_PATTERNS) {
            throw error(at, "more than " + MOST_PATTERNS + " patterns; join some with ** or {a,b}");
        }
    }

    /** A scalar that goes on in the next line is a slip of indentation. */
    void refuseSeveralLines(YamlNode.Text text, String key) {
        if (!text.plain() || !text.severalLines()) {
            return;
        }
        for (int line = text.at().line() + 1; !source.line(line).isBlank(); line++) {
            int tab = YamlComplaint.indentingTab(source.line(line));
            if (tab >= 0) {
                throw error(new Place(line, tab + 1), "a tab indents line " + line + "; use spaces");
            }
        }
        throw error(text.at(), key + " goes on in the next line; check the indentation there, or use quotes");
    }
}
