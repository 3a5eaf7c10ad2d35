package meshdev.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The text form of a {@link WatchReport}. */
final class WatchReportText {
    private static final int ROW = 80;

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
        builtIn((List<?>) report.get("builtInExcludes"));
        heading("Agents");
        for (Map<?, ?> agent : maps(report.get("agents"))) {
            row(padded(agent.get("name"), 20) + agent.get("file"));
        }
        rest(report);
    }

    /** Many short patterns: as many to a row as fit. */
    private void builtIn(List<?> patterns) {
        StringBuilder line = new StringBuilder();
        String title = padded("exclude", 9) + "(built-in)  ";
        for (Object pattern : patterns) {
            if (line.length() > ROW) {
                row(title + line);
                title = padded("", title.length());
                line.setLength(0);
            }
            line.append(pattern).append("  ");
        }
        row(title + line);
    }

    private void rest(Map<String, Object> report) {
        List<Map<?, ?>> skipped = maps(report.get("skipped"));
        if (!skipped.isEmpty()) {
            heading("No agents");
            skipped.forEach(one -> row(padded(one.get("path"), 30) + one.get("reason")));
        }
        List<Map<?, ?>> files = maps(report.get("files"));
        heading("Watched files (" + files.size() + ")");
        int path = width(files, one -> one.get("path").toString());
        int verdict = width(files, WatchReportText::verdict);
        files.forEach(one -> row(file(one, path, verdict)));
        List<?> warnings = (List<?>) report.get("warnings");
        if (!warnings.isEmpty()) {
            heading("Warnings");
            warnings.forEach(warning -> row(warning.toString()));
        }
    }

    /** One file: its verdict, whom it reloads, and why; below that the reason of each agent, or the nearest rule. */
    static String explained(Map<?, ?> file) {
        WatchReportText writer = new WatchReportText();
        writer.text.append(file(file, 29, 23)).append('\n');
        if (!file.containsKey("agents")) {
            writer.row("nearest: " + nearest(file));
            return writer.text.toString();
        }
        List<Map<?, ?>> agents = maps(file.get("agents"));
        if (agents.isEmpty()) {
            writer.row("no agent runs it, by what their imports say");
        }
        int name = width(agents, one -> one.get("name").toString());
        for (Map<?, ?> agent : agents) {
            writer.row(padded(agent.get("name"), name + 1) + agent.get("reason"));
            ((List<?>) agent.get("chain")).forEach(step -> writer.row("  " + step));
        }
        return writer.text.toString();
    }

    private static String nearest(Map<?, ?> file) {
        if (!file.containsKey("nearest")) {
            return "no include comes near";
        }
        Map<?, ?> rule = (Map<?, ?>) file.get("nearest");
        return "include \"" + rule.get("pattern") + "\" (" + rule.get("origin") + "): " + rule.get("difference");
    }

    private static String file(Map<?, ?> file, int path, int verdict) {
        return padded(file.get("path"), path + 1) + padded(verdict(file), verdict + 1) + file.get("reason");
    }

    private static String verdict(Map<?, ?> file) {
        List<?> reloads = (List<?>) file.get("reloads");
        if (reloads.isEmpty()) {
            return file.get("verdict").equals("reload") ? "reloads nobody" : file.get("verdict").toString();
        }
        return "reloads " + joined(reloads);
    }

    private static int width(List<Map<?, ?>> rows, Function<Map<?, ?>, String> column) {
        return rows.stream().map(column).mapToInt(String::length).max().orElse(0);
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
