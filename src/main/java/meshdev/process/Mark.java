package meshdev.process;

import java.time.Instant;

/**
 * What all processes of one run carry in their environment, and their children inherit: by it they are found wherever
 * they went. A process that replaces its environment, or overwrites it with a title, is not found.
 *
 * @param run tells this run of mesh-dev from all others on this machine
 */
public record Mark(String run) {
    static final String VARIABLE = "MESH_DEV_AGENT";

    /** A mark that no other run has: two with one pid do not start at the same time. */
    public static Mark ofThisRun(Instant now) {
        return new Mark(ProcessHandle.current().pid() + "-" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX));
    }

    /** The variable's value for an agent. */
    String of(String agent) {
        return run + "/" + agent;
    }
}
