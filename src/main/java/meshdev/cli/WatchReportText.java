package meshdev.cli;

import java.util.List;
import java.util.Map;

/** The text form of a {@link WatchReport}. */
final class WatchReportText {
    private final StringBuilder text = new StringBuilder();

    private WatchReportText() {
    }

    static String of(Map<String, Object> report) {
        WatchReportText writer = new WatchReportText();
        writer.write(report);
        return writer.text.toString();
    }

    private void write(Map<String, Object> report) {
        Map<?, ?> mode = (Map<?, ?>) report.get("mode");
        heading("Project " + report.get("project"));
        row("watch mode: " + mode.get("kind") + " (" + mode.get("reason") + ")");
        row("reload delay: " + sourced(report.get("reloadDelay")));
        row("hot reload: " + sourced(report.get("hotReload")));
        row("watched below: " + joined(report.get("roots")));
        heading("Rules (exclude beats log_only beats include)");
        for (Map<?, ?> rule : maps(report.get("rules"))) {
            row(padded(rule.get("kind"), 9) + padded("\"" + rule.get("pattern") + "\"", 30) + rule.get("origin"));
        }
        row(padded("exclude", 9) + padded("(built-in)", 30) + joined(report.get("builtInExcludes")));
        heading("Agents");
        for (Map<?, ?> agent : maps(report.get("agents"))) {
            row(padded(agent.get("name"), 20) + agent.get("file"));
        }
        rest(report);
    }

    private void rest(Map<String, Object> report) {
        List<Map<?, ?>> skipped = maps(report.get("skipped"));
        if (!skipped.isEmpty()) {
            heading("No agents");
            skipped.forEach(one -> row(padded(one.get("path"), 30) + one.get("reason")));
        }
        List<Map<?, ?>> files = maps(report.get("files"));
        heading("Watched files (" + files.size() + ")");
        files.forEach(one -> row(file(one)));
        List<?> warnings = (List<?>) report.get("warnings");
        if (!warnings.isEmpty()) {
            heading("Warnings");
            warnings.forEach(warning -> row(warning.toString()));
        }
    }

    /** One file: its verdict, whom it reloads, and why. */
    static String file(Map<?, ?> file) {
        List<?> reloads = (List<?>) file.get("reloads");
        String verdict = reloads.isEmpty() ? file.get("verdict").toString() : "reloads " + joined(reloads);
        return padded(file.get("path"), 30) + padded(verdict, 24) + file.get("reason");
    }

    private void heading(String title) {
        text.append(text.length() == 0 ? "" : "\n").append(title).append('\n');
    }

    private void row(String row) {
        text.append("  ").append(row).append('\n');
    }

    private static String padded(Object value, int width) {
        String word = value.toString();
        return word + " ".repeat(Math.max(1, width - word.length()));
    }

    private static String sourced(Object setting) {
        Map<?, ?> map = (Map<?, ?>) setting;
        return map.get("value") + " (" + map.get("origin") + ")";
    }

    private static String joined(Object list) {
        return String.join(", ", ((List<?>) list).stream().map(Object::toString).toList());
    }

    private static List<Map<?, ?>> maps(Object list) {
        return ((List<?>) list).stream().<Map<?, ?>>map(entry -> (Map<?, ?>) entry).toList();
    }
}
