package meshdev.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers the newest lines of each agent, to show again when it gives up. Thread-safe; bounded. */
final class LastLines {
    private static final int LINES = 20;
    private static final int LONGEST_LINE = 500;

    private final Map<String, Deque<String>> byAgent = new HashMap<>();

    synchronized void add(String agent, String line) {
        Deque<String> lines = byAgent.computeIfAbsent(agent, name -> new ArrayDeque<>(LINES));
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
    }

    /** At most so many of the newest lines, oldest first. */
    synchronized List<String> newest(String agent, int count) {
        List<String> lines = List.copyOf(byAgent.getOrDefault(agent, new ArrayDeque<>()));
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** The newest lines, oldest first; they are forgotten by this. */
    synchronized List<String> take(String agent) {
        Deque<String> lines = byAgent.remove(agent);
        return lines == null ? List.of() : List.copyOf(lines);
    }
}
