package meshdev.report;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines on their way to the console, in order and bounded; offering never waits.
 *
 * <p>Agents share {@link #AGENT_LINES} and {@link #AGENT_CHARS}, each at most as much as it leaves free, so that one
 * that floods leaves room for the others. mesh-dev's own lines have a bound of their own. What doesn't fit is dropped
 * and counted, and a line says so where the gap is, at most once per {@link Backlog#REPORT_EVERY} and agent.
 * Thread-safe; one thread takes.
 */
final class ConsoleQueue {
    static final int AGENT_LINES = 10_000;
    static final int AGENT_CHARS = 4 * 1024 * 1024;
    static final int OWN_LINES = 1_000;
    static final int OWN_CHARS = 1024 * 1024;

    /** About what a prefix adds; keeps a batch of empty lines small too. */
    private static final int PREFIX_CHARS = 16;
    private static final long LOOK_AGAIN_MILLIS = 100;

    /** A line to be laid out. */
    record Line(Backlog of, String text) {}

    private final InstantSource clock;
    private final ArrayDeque<Line> queue = new ArrayDeque<>();
    private final Map<String, Backlog> agents = new HashMap<>();
    private final Backlog own = new Backlog(ConsoleLayout.OWN_NAME);
    private int agentLines;
    private int agentChars;
    private long accepted;
    private long done;
    private boolean closed;
    private boolean broken;

    ConsoleQueue(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void offerOwn(String text) {
        offer(own, text, own.fits(text.length(), OWN_LINES, OWN_CHARS));
    }

    synchronized void offerAgent(String agent, String text) {
        Backlog backlog = agents.get(agent);
        if (backlog == null) {
            backlog = new Backlog(agent);
            agents.put(agent, backlog);
        }
        offer(backlog, text, backlog.fits(text.length(), AGENT_LINES - agentLines, AGENT_CHARS - agentChars));
    }

    /** Waits for lines and takes the next ones of about {@code chars} characters; none when closed and empty. */
    synchronized List<Line> take(int chars) throws InterruptedException {
        while (queue.isEmpty() && !reportDueDrops() && !closed) {
            wait(isAnythingUnreported() ? LOOK_AGAIN_MILLIS : 0);
        }
        List<Line> taken = new ArrayList<>();
        for (int size = 0; size < chars && !queue.isEmpty(); ) {
            Line line = queue.poll();
            line.of.remove(line.text.length());
            countAgents(line, -1);
            size += line.text.length() + PREFIX_CHARS;
            taken.add(line);
        }
        return taken;
    }

    /** Says that this many of the lines taken are written. */
    synchronized void written(int lines) {
        done += lines;
        notifyAll();
    }

    /** Waits until everything offered so far is written; false when that isn't so within the limit. */
    synchronized boolean awaitWritten(Duration limit) {
        long target = accepted;
        long start = System.nanoTime();
        try {
            while (done < target && !broken) {
                long left = limit.toNanos() - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done >= target && !broken;
    }

    /** Accepts nothing more; what was dropped and not yet said is said. */
    synchronized void close() {
        if (!closed) {
            reportDrops(own);
            for (Backlog agent : agents.values()) {
                reportDrops(agent);
            }
        }
        closed = true;
        notifyAll();
    }

    /** Forgets everything and accepts nothing more, because nobody can be written to. */
    synchronized void abandon() {
        broken = true;
        closed = true;
        queue.clear();
        notifyAll();
    }

    private void offer(Backlog backlog, String text, boolean fits) {
        if (closed) {
            return;
        }
        if (!fits) {
            backlog.drop();
            return;
        }
        if (backlog.isReportDue(clock)) {
            reportDrops(backlog);
        }
        add(new Line(backlog, text));
    }

    private void add(Line line) {
        queue.add(line);
        line.of.add(line.text.length());
        countAgents(line, 1);
        accepted++;
        if (queue.size() == 1) {
            notifyAll();
        }
    }

    private void countAgents(Line line, int sign) {
        if (line.of != own) {
            agentLines += sign;
            agentChars += sign * line.text.length();
        }
    }

    private boolean isAnythingUnreported() {
        for (Backlog agent : agents.values()) {
            if (agent.hasDropped()) {
                return true;
            }
        }
        return own.hasDropped();
    }

    /** Reports what is due; whether there is something to take now. */
    private boolean reportDueDrops() {
        for (Backlog agent : agents.values()) {
            if (agent.isReportDue(clock)) {
                reportDrops(agent);
            }
        }
        if (own.isReportDue(clock)) {
            reportDrops(own);
        }
        return !queue.isEmpty();
    }

    private void reportDrops(Backlog backlog) {
        if (backlog.hasDropped()) {
            add(new Line(own, backlog.report(clock)));
        }
    }
}
