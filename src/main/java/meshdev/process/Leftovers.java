package meshdev.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What dead runs of mesh-dev left behind although each had a {@link Guardian}: the guardian was killed with it, or could
 * not see a process. Linux only, as the search for marks is.
 */
public final class Leftovers {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 20;

    private final ProcessTable table = ProcessTable.ofThisSystem();
    private final InstantSource clock;
    private final Collection<String> runs;
    private final CountDownLatch never = new CountDownLatch(1);

    /**
     * @param runs  of mesh-devs that are dead for certain; see {@link AgentLock}
     * @param clock monotonic
     */
    public Leftovers(Collection<String> runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** The processes that live. */
    public List<MarkedProcess> find() {
        List<MarkedProcess> found = new ArrayList<>();
        for (String run : runs) {
            found.addAll(table.marked(run));
        }
        return found;
    }

    /** Ends them all, within the grace and two seconds more. Returns those that still live. */
    public List<MarkedProcess> end(Duration grace) throws InterruptedException {
        return end(Posix.SIGTERM, grace).isEmpty() ? List.of() : end(Posix.SIGKILL, KILL_LIMIT);
    }

    private List<MarkedProcess> end(int signal, Duration limit) throws InterruptedException {
        List<MarkedProcess> left = find();
        left.forEach(process -> process.signal(signal));
        Instant end = clock.instant().plus(limit);
        while (!left.isEmpty() && clock.instant().isBefore(end)) {
            never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            left = find();
        }
        return left;
    }
}
