package meshdev.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import meshdev.process.ProcessName;
import meshdev.supervise.PhaseTime;
import meshdev.supervise.StartOrder;

/** The small pieces sentences are made of. */
final class Wording {
    private static final int NAMED_FILES = 3;
    private static final int NAMED_PROCESSES = 3;

    private Wording() {
    }

    /** {@code 612 ms}, {@code 3 s}, {@code 1.5 s}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        long tenths = (millis + 50) / 100;
        return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
    }

    /** {@code 10s}, as the circuit breaker says it. */
    static String compact(Duration time) {
        return time(time).replace(" ", "");
    }

    /** {@code 18.2 MB}, of 1024 × 1024 bytes each as the system's own tools count. */
    static String megabytes(long bytes) {
        long tenths = Math.round(bytes * 10.0 / (1024 * 1024));
        return tenths / 10 + "." + tenths % 10 + " MB";
    }

    /** {@code quiet 500, stop 31}, in milliseconds. */
    static String phases(List<PhaseTime> phases) {
        StringBuilder text = new StringBuilder();
        for (PhaseTime phase : phases) {
            text.append(text.length() == 0 ? "" : ", ").append(phase.name()).append(' ').append(phase.took().toMillis());
        }
        return text.toString();
    }

    static String onPort(OptionalInt port) {
        return port.isPresent() ? " on :" + port.getAsInt() : "";
    }

    /** The first few files relative to the project, and how many more there are. */
    static String files(Set<Path> files, Path project) {
        StringBuilder text = new StringBuilder();
        Iterator<Path> each = files.iterator();
        for (int named = 0; named < NAMED_FILES && each.hasNext(); named++) {
            text.append(named == 0 ? "" : ", ").append(file(each.next(), project));
        }
        return each.hasNext() ? text + " and " + (files.size() - NAMED_FILES) + " more" : text.toString();
    }

    static String file(Path file, Path project) {
        Path shown = file.startsWith(project) ? project.relativize(file) : file;
        return Sanitizer.escapeName(shown.toString());
    }

    /** {@code pid 4242 (python agents/orders.py) and pid 4250 (…)} behind the words; nothing when nobody is left. */
    static String list(String words, List<ProcessName> processes) {
        StringBuilder text = new StringBuilder();
        int named = Math.min(processes.size(), NAMED_PROCESSES);
        for (int i = 0; i < named; i++) {
            text.append(i == 0 ? words : i == processes.size() - 1 ? " and " : ", ");
            text.append(Sanitizer.escapeName(processes.get(i).toString()));
        }
        return processes.size() > named ? text + " and " + (processes.size() - named) + " more" : text.toString();
    }

    /** {@code pricing, stock and tax}. */
    static String and(Collection<String> words) {
        StringBuilder text = new StringBuilder();
        int left = words.size();
        for (String word : words) {
            left--;
            text.append(word).append(left == 0 ? "" : left == 1 ? " and " : ", ");
        }
        return text.toString();
    }

    /** {@code pricing is not ready after 60 s and stock failed to start}. */
    static String unready(Map<String, StartOrder.Standing> dependencies) {
        List<String> each = new ArrayList<>();
        dependencies.forEach((agent, standing) -> each.add(agent + switch (standing) {
            case TRIPPED -> " failed to start";
            case STOPPED -> " is stopped";
            case GONE -> " is no agent any more";
            case LATE -> " is not ready after " + time(StartOrder.LIMIT);
            case READY, OPEN -> throw new IllegalArgumentException(agent + " is waited for: " + standing);
        }));
        return and(each);
    }

    static String retry(Optional<Duration> delay) {
        return delay.map(d -> "; restarting in " + time(d)).orElse("; restarting with the change");
    }
}
