package meshdev.process;

/**
 * A process that was launched and is not attended to, because the system refuses the threads for it. The JDK gives up then
 * without telling the number, so it is known by its mark. Not found where environments can't be read.
 */
final class LostChild {
    private LostChild() {
    }

    /** Kills every process of this agent; a launch that failed means that it has no other one alive. */
    static void end(ProcessTable table, Mark mark, String agent) {
        for (MarkedProcess child : table.marked(mark.run())) {
            if (child.agent().equals(agent)) {
                int pid = Math.toIntExact(child.pid());
                Posix.send(pid, Posix.SIGKILL);
                Posix.reap(pid);
            }
        }
    }
}
