package meshdev.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The process group an agent leads. Its number stays reserved as long as a member lives, so it can be signalled safely
 * until it was once seen gone; after that this object sends nothing more.
 */
final class ProcessGroup {
    private final Process leader;
    private final int number;
    private final ProcessTable table;
    private volatile boolean gone;

    ProcessGroup(Process leader, ProcessTable table) {
        this.leader = leader;
        this.number = Math.toIntExact(leader.pid());
        this.table = table;
    }

    /** Sends the signal to every member. */
    void signal(int signal) {
        if (isGone()) {
            return;
        }
        boolean reached = Posix.send(-number, signal);
        if (!reached && leader.isAlive()) {
            Posix.send(number, signal); // launched a moment ago, before it made its group
        }
    }

    /** Whether leader and members have all ended; zombies that nobody reaps do not count as alive. */
    boolean isGone() {
        if (!gone && !leader.isAlive()) {
            gone = !Posix.send(-number, 0) || isEmpty();
        }
        return gone;
    }

    private boolean isEmpty() {
        try {
            return table.members(number).isEmpty();
        } catch (UnansweredException e) {
            return false; // it is asked again
        }
    }

    /** Whether the leader has ended; cheap, asks nobody. */
    boolean isOver() {
        return gone || !leader.isAlive();
    }

    /** Who of the leader and its members lives, for a message. Reads the whole process table: milliseconds. */
    List<ProcessName> living() {
        List<ProcessName> names = new ArrayList<>();
        try {
            for (long pid : members()) {
                names.add(new ProcessName(pid, table.command(pid)));
            }
        } catch (UnansweredException e) {
            return names; // a message without them is better than none
        }
        return names;
    }

    List<Long> members() {
        return gone ? List.of() : table.members(number);
    }
}
