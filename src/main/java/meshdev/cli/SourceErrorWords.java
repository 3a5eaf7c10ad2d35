package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.config.ProjectRoot;
import meshdev.python.SourceError;
import meshdev.report.Sanitizer;
import meshdev.supervise.Objection;

/** The words for sources that do not compile: place and message, the line, and a caret below it. */
final class SourceErrorWords {
    private static final int MOST = 5;
    private static final String INDENT = "    ";

    private SourceErrorWords() {
    }

    /** @param errors at least one */
    static Objection objection(List<SourceError> errors, Path root) {
        List<String> lines = new ArrayList<>(source(errors.get(0)));
        for (SourceError error : errors.subList(1, Math.min(MOST, errors.size()))) {
            lines.add("and " + message(error, root));
            lines.addAll(source(error));
        }
        if (errors.size() > MOST) {
            lines.add("and " + (errors.size() - MOST) + " more files that do not compile");
        }
        return new Objection(message(errors.get(0), root), lines);
    }

    static String message(SourceError error, Path root) {
        String file = Sanitizer.escapeName(ProjectRoot.displayName(error.file(), root));
        return error.place(file) + ": " + Sanitizer.escapeName(error.message());
    }

    private static List<String> source(SourceError error) {
        return error.marked().stream().map(line -> INDENT + line).toList();
    }
}
