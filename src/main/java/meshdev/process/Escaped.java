package meshdev.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of one incarnation that left its group, by {@code setsid} or a double fork: found by their mark, and
 * ended once the group is gone. The looking goes on beside the end of the group and so delays nothing.
 */
final class Escaped {
    private static final long COUNT_LIMIT_MILLIS = 5000;

    private final Census census;
    private final ProcessTable table;
    private final LiveGroups groups;
    private final String agent;
    private final long group;
    private volatile CompletableFuture<List<MarkedProcess>> count;
    private volatile List<MarkedProcess> known = List.of();
    private volatile boolean killing;

    Escaped(AgentProcess.Surroundings surroundings, String agent, long group) {
        this.census = surroundings.census();
        this.table = surroundings.table();
        this.groups = surroundings.groups();
        this.agent = agent;
        this.group = group;
    }

    /** Begins to look, unless that has begun; returns at once. */
    void look() {
        if (count == null) {
            count = census.take();
        }
    }

    /** Whether any lives. Waits for a look that was begun, within a limit. */
    boolean exist() throws InterruptedException {
        look();
        known = own(result());
        return !known.isEmpty();
    }

    /** Those known to live. */
    List<MarkedProcess> alive() {
        return known.stream().filter(this::isAlive).toList();
    }

    /** Asks each once to end, and returns when none is left. The supervisor sets the limit by {@link #kill}. */
    void end(int signal) throws InterruptedException {
        while (exist()) {
            signal(killing ? Posix.SIGKILL : signal);
            Polling.until(() -> alive().isEmpty());
            count = null; // they may have left others behind
        }
    }

    /** Ends them at once, and every one that is found later too. */
    void kill() {
        killing = true;
        signal(Posix.SIGKILL);
    }

    private boolean isAlive(MarkedProcess process) {
        try {
            return table.isAlive(process);
        } catch (UnansweredException e) {
            return true; // it is asked again
        }
    }

    private void signal(int signal) {
        alive().forEach(process -> process.signal(signal));
    }

    private List<MarkedProcess> own(List<MarkedProcess> all) {
        return all.stream().filter(one -> one.agent().equals(agent) && one.group() != group && !groups.has(one)).toList();
    }

    private List<MarkedProcess> result() throws InterruptedException {
        try {
            return count.get(COUNT_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return List.of(); // a system that busy: the guardian looks again when mesh-dev ends
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
