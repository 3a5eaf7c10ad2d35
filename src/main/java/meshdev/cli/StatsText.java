package meshdev.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meshdev.report.Sanitizer;

/** The text form of a {@link StatsDocument}; no row that can be broken is wider than 80 columns. */
final class StatsText {
    private static final int WIDTH = 80;
    private static final int SIZES = 5;
    private static final String BOLD = "1";
    private static final String YELLOW = "33";

    private final StringBuilder text = new StringBuilder();
    private final boolean colored;

    private StatsText(boolean colored) {
        this.colored = colored;
    }

    static String of(Map<String, Object> document, boolean colored) {
        StatsText writer = new StatsText(colored);
        StatsDocument.maps(document.get("agents")).forEach(writer::agent);
        StatsDocument.maps(document.get("supervisors")).forEach(writer::supervisor);
        return writer.text.toString();
    }

    private void agent(Map<?, ?> agent) {
        text.append(styled(BOLD, safe(StatsDocument.name(agent)))).append(": ").append(counts(agent)).append('\n');
        if (agent.containsKey("pid")) {
            row("", "pid " + agent.get("pid") + ", ready for " + time(agent.get("readyForSeconds"))
                    + optional(", memory ", agent, "memoryBytes"));
        } else {
            row("", "not ready");
        }
        phases(StatsDocument.maps(agent.get("phases")));
        sizes(StatsDocument.maps(agent.get("incarnations")));
        for (Map<?, ?> standby : StatsDocument.maps(agent.get("standbys"))) {
            row("standby: ", "pid " + standby.get("pid") + optional(", memory ", standby, "memoryBytes"));
        }
        for (Map<?, ?> one : StatsDocument.maps(agent.get("slowImports"))) {
            row("slow import: ", one.get("module") + " " + millis(one.get("ms")) + " ms");
        }
        for (Map<?, ?> one : StatsDocument.maps(agent.get("cold"))) {
            String last = " (last " + time(one.get("lastSecondsAgo")) + " ago)";
            row("cold: ", one.get("count") + " x " + one.get("reason") + last);
        }
        ((List<?>) agent.get("warnings")).forEach(this::warning);
        text.append('\n');
    }

    private static String counts(Map<?, ?> agent) {
        List<String> counts = new ArrayList<>();
        counts.add(counted(agent.get("reloads"), "reload"));
        if (number(agent.get("reloadsLastMinute")) > 0) {
            counts.add(agent.get("reloadsLastMinute") + " in the last minute");
        }
        if (number(agent.get("refused")) > 0) {
            counts.add(agent.get("refused") + " refused");
        }
        if (number(agent.get("crashes")) > 0) {
            counts.add(agent.get("crashes").equals(1L) ? "1 crash" : agent.get("crashes") + " crashes");
        }
        if (number(agent.get("failedStarts")) > 0) {
            counts.add(counted(agent.get("failedStarts"), "failed start"));
        }
        return String.join(", ", counts);
    }

    private void phases(List<Map<?, ?>> phases) {
        if (!phases.isEmpty()) {
            text.append("  ").append(cells("ms", "p50", "p95", "last")).append('\n');
        }
        for (Map<?, ?> phase : phases) {
            text.append("  ").append(cells(safe(phase.get("name")), millis(phase.get("p50Ms")), millis(phase.get("p95Ms")),
                    millis(phase.get("lastMs")))).append('\n');
        }
    }

    private static String cells(String name, String... numbers) {
        StringBuilder row = new StringBuilder(name).append(" ".repeat(Math.max(1, 10 - name.length())));
        for (String number : numbers) {
            row.append(" ".repeat(Math.max(1, 9 - number.length()))).append(number);
        }
        return row.toString();
    }

    /** Of the newest incarnations, as far as they lived long enough. */
    private void sizes(List<Map<?, ?>> incarnations) {
        List<String> sizes = new ArrayList<>();
        for (Map<?, ?> one : incarnations) {
            if (one.containsKey("memoryBytes")) {
                sizes.add(megabytes(one.get("memoryBytes")));
            }
        }
        if (!sizes.isEmpty()) {
            List<String> newest = sizes.subList(Math.max(0, sizes.size() - SIZES), sizes.size());
            row("memory after 10 s, newest last: ", String.join(", ", newest) + " MB");
        }
    }

    private void supervisor(Map<?, ?> supervisor) {
        text.append(styled(BOLD, "mesh-dev")).append(": pid ").append(supervisor.get("pid"))
                .append(optional(", with its helpers memory ", supervisor, "memoryBytes")).append('\n');
        row("", "its agents " + megabytes(supervisor.get("agentsMemoryBytes")) + " MB, " + standbys(supervisor));
        if (supervisor.get("registry") instanceof Map<?, ?> registry) {
            registry(registry);
        }
    }

    private void registry(Map<?, ?> registry) {
        row("", "registry " + registry.get("url") + " (" + RegistryDocument.kind(registry) + "), "
                + counted(registry.get("healthyAgents"), "agent") + ", "
                + number(registry.get("unresolvedDependencies")) + " unresolved dependencies");
    }

    private static String standbys(Map<?, ?> supervisor) {
        long budget = number(supervisor.get("standbyBudgetBytes"));
        long used = number(supervisor.get("standbysMemoryBytes"));
        return budget == 0 && used == 0 ? "no standbys"
                : "standbys " + megabytes(used) + " MB of " + megabytes(budget) + " MB allowed";
    }

    private void warning(Object warning) {
        row(styled(YELLOW, "warning: "), warning.toString());
    }

    /** A row below an agent, broken between words. */
    private void row(String title, String words) {
        text.append("  ").append(title);
        int column = 2 + title.length();
        boolean first = true;
        for (String word : safe(words).split(" ")) {
            if (!first && column + 1 + word.length() > WIDTH) {
                text.append("\n      ").append(word);
                column = 6 + word.length();
            } else {
                text.append(first ? "" : " ").append(word);
                column += word.length() + (first ? 0 : 1);
            }
            first = false;
        }
        text.append('\n');
    }

    private static String optional(String title, Map<?, ?> map, String name) {
        return map.containsKey(name) ? title + megabytes(map.get(name)) + " MB" : "";
    }

    private static String counted(Object number, String noun) {
        return number + " " + noun + (number.equals(1L) ? "" : "s");
    }

    private static String time(Object seconds) {
        Duration time = Duration.ofSeconds(number(seconds));
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** Whole ones where tenths say nothing. */
    private static String millis(Object millis) {
        double number = ((Number) millis).doubleValue();
        return number >= 10 ? Long.toString(Math.round(number)) : Math.round(number * 10) / 10.0 + "";
    }

    private static String megabytes(Object bytes) {
        long tenths = Math.round(number(bytes) * 10.0 / (1024 * 1024));
        return tenths / 10 + "." + tenths % 10;
    }

    private static long number(Object number) {
        return ((Number) number).longValue();
    }

    private String styled(String style, String words) {
        return colored ? "\u001b[" + style + "m" + words + "\u001b[0m" : words;
    }

    private static String safe(Object text) {
        return Sanitizer.escapeName(text.toString());
    }
}
