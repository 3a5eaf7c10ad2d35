package meshdev.report;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets through what agents may print, each by its own {@link Allowance}. Thread-safe; called on the agents' own threads.
 *
 * <p>An agent beyond it is slowed down a little, to some 15 MB a second, so that reading what is thrown away does not
 * take a processor from the others. It is never stopped.
 */
final class Floodgate {
    /** About what one read of a pipe gives. */
    private static final int PAUSE_AFTER_CHARS = 16 * 1024;
    private static final long PAUSE_NANOS = 1_000_000;

    private final InstantSource clock;
    private final Map<String, Flow> flows = new HashMap<>();

    /** What one agent prints; guarded by itself. */
    private static final class Flow {
        private final Allowance allowance = new Allowance();
        private int refusedChars;
        private int refusedLines;
    }

    /** @param clock monotonic */
    Floodgate(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the line may be passed on; waits for a millisecond now and then when not. */
    boolean admits(String agent, String line) {
        Flow flow = flowOf(agent);
        boolean pause = false;
        synchronized (flow) {
            if (flow.allowance.admits(line.length(), clock.instant())) {
                flow.refusedLines = 0;
                return true;
            }
            flow.refusedLines++;
            flow.refusedChars += line.length() + 1;
            if (flow.refusedChars >= PAUSE_AFTER_CHARS) {
                flow.refusedChars = 0;
                pause = true;
            }
        }
        if (pause) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    /** How many lines of the agent were refused since one was admitted, or since this was asked. */
    int takeRefused(String agent) {
        Flow flow = flowOf(agent);
        synchronized (flow) {
            int refused = flow.refusedLines;
            flow.refusedLines = 0;
            return refused;
        }
    }

    private synchronized Flow flowOf(String agent) {
        Flow flow = flows.get(agent);
        if (flow == null) {
            flow = new Flow();
            flows.put(agent, flow);
        }
        return flow;
    }
}
