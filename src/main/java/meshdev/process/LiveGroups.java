package meshdev.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The process groups of a run that are attended to. An agent has two of them while its successor waits, and both carry the
 * agent's mark: neither may be taken for what escaped from the other. Thread-safe.
 */
final class LiveGroups {
    private final Set<Long> leaders = new HashSet<>();

    /** Starts a process that will lead a group; nobody asks in between. */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        leaders.add(process.pid());
        return process;
    }

    /** The group is gone, or nobody attends to it. */
    synchronized void forget(long leader) {
        leaders.remove(leader);
    }

    /** Whether a process leads a group that is attended to, or is a member of one. */
    synchronized boolean has(MarkedProcess process) {
        return leaders.contains(process.group()) || leaders.contains(process.pid());
    }
}
