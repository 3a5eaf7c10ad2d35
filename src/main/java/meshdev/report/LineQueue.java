package meshdev.report;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines on their way to the console, or to the log files, in order and bounded.
 *
 * <p>Agents share {@link #AGENT_LINES} and {@link #AGENT_CHARS}, each at most as much as it leaves free, so that one
 * that floods leaves room for the others. mesh-dev's own lines have a bound of their own. What doesn't fit is dropped
 * and counted, and a line says so where the gap is, at most once per {@link Backlog#REPORT_EVERY} and agent.
 * Thread-safe; one thread takes.
 */
final class LineQueue {
    static final int AGENT_LINES = 20_000;
    static final int AGENT_CHARS = 4 * 1024 * 1024;
    static final int OWN_LINES = 1_000;
    static final int OWN_CHARS = 1024 * 1024;

    /** About what a prefix adds; keeps a batch of empty lines small too. */
    private static final int PREFIX_CHARS = 16;
    private static final long LOOK_AGAIN_MILLIS = 100;

    /**
     * A line to be written.
     *
     * @param isGap whether lines are missing here; the text is then how many, such as {@code … 12 lines}
     */
    record Line(Backlog of, String text, boolean isGap) {}

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

    LineQueue(InstantSource clock) {
        this.clock = clock;
    }

    /** A line of mesh-dev's own; never waits. */
    synchronized void offerOwn(String text) {
        offer(own, text, own.fits(text.length(), OWN_LINES, OWN_CHARS));
    }

    /**
     * A line of an agent's.
     *
     * @param patience how long to wait for room, unless lines of this agent were dropped already
     * @return whether it was taken
     */
    synchronized boolean offerAgent(String agent, String text, Duration patience) {
        Backlog backlog = backlogOf(agent);
        if (!patience.isZero() && !backlog.hasDropped()) {
            awaitRoom(backlog, text, patience);
        }
        return offer(backlog, text, fits(backlog, text));
    }

    /** Counts a line that somebody else decided to drop. */
    synchronized void drop(String agent) {
        Backlog backlog = backlogOf(agent);
        if (!backlog.hasDropped()) {
            notifyAll(); // who takes may be waiting without a limit
        }
        backlog.drop();
    }

    private Backlog backlogOf(String agent) {
        Backlog backlog = agents.get(agent);
        if (backlog == null) {
            backlog = new Backlog(agent);
            agents.put(agent, backlog);
        }
        return backlog;
    }

    private boolean fits(Backlog backlog, String text) {
        return backlog.fits(text.length(), AGENT_LINES - agentLines, AGENT_CHARS - agentChars);
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
        long end = System.nanoTime() + limit.toNanos();
        while (done < target && !broken && waitUntil(end)) {
            continue;
        }
        return done >= target && !broken;
    }

    private void awaitRoom(Backlog backlog, String text, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!closed && !fits(backlog, text) && waitUntil(end)) {
            continue;
        }
    }

    /** Waits for a change; false when the time is over. */
    private boolean waitUntil(long endNanos) {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            wait(left / 1_000_000 + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    private boolean offer(Backlog backlog, String text, boolean fits) {
        if (closed) {
            return false;
        }
        if (!fits) {
            backlog.drop();
            return false;
        }
        if (backlog.isReportDue(clock)) {
            reportDrops(backlog);
        }
        add(new Line(backlog, text, false));
        return true;
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
            add(new Line(backlog, backlog.report(clock), true));
        }
    }
}
