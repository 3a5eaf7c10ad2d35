package meshdev.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import meshdev.process.OutputSink;

/** Passes on what the registry program prints, without secrets, and remembers the newest lines. Thread-safe; bounded. */
final class Tail implements OutputSink {
    private static final int LINES = 10;
    private static final int LONGEST_LINE = 500;

    private final OutputSink next;
    private final List<String> secrets;
    private final Deque<String> newest = new ArrayDeque<>();

    Tail(OutputSink next, List<String> secrets) {
        this.next = next;
        this.secrets = List.copyOf(secrets);
    }

    @Override
    public void line(String name, String line) {
        String shown = line;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        remember(shown);
        next.line(name, shown);
    }

    private synchronized void remember(String line) {
        if (newest.size() == LINES) {
            newest.removeFirst();
        }
        newest.addLast(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
    }

    @Override
    public void over(String name) {
        next.over(name);
    }

    /** Oldest first. */
    synchronized List<String> lines() {
        return List.copyOf(newest);
    }
}
