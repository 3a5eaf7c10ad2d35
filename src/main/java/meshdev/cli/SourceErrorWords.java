package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.config.ProjectRoot;
import meshdev.python.SourceError;
import meshdev.report.Sanitizer;
import meshdev.supervise.Refusal;

/** The words for sources that do not compile: place and message, the line, and a caret below it. */
final class SourceErrorWords {
    private static final int MOST = 5;
    private static final int LONGEST_LINE = 160;
    private static final String INDENT = "    ";

    private SourceErrorWords() {
    }

    /** @param errors at least one */
    static Refusal refusal(List<SourceError> errors, Path root) {
        List<String> lines = new ArrayList<>(source(errors.get(0)));
        for (SourceError error : errors.subList(1, Math.min(MOST, errors.size()))) {
            lines.add("and " + message(error, root));
            lines.addAll(source(error));
        }
        if (errors.size() > MOST) {
            lines.add("and " + (errors.size() - MOST) + " more files that do not compile");
        }
        return new Refusal(message(errors.get(0), root), lines);
    }

    static String message(SourceError error, Path root) {
        String cell = error.cell() > 0 ? " cell " + error.cell() : "";
        String file = Sanitizer.escapeName(ProjectRoot.displayName(error.file(), root));
        return file + cell + ":" + error.line() + ": " + Sanitizer.escapeName(error.message());
    }

    private static List<String> source(SourceError error) {
        String text = error.text().strip();
        if (text.isEmpty() || text.length() > LONGEST_LINE) {
            return List.of();
        }
        String shown = INDENT + Sanitizer.escapeName(text);
        int from = error.column() - 1 - (error.text().length() - error.text().stripLeading().length());
        if (error.column() == 0 || from < 0 || from > text.length()) {
            return List.of(shown);
        }
        int before = Sanitizer.escapeName(text.substring(0, from)).length();
        int marked = Math.max(1, Math.min(error.end() - error.column(), text.length() - from));
        return List.of(shown, INDENT + " ".repeat(before) + "^".repeat(marked));
    }
}
