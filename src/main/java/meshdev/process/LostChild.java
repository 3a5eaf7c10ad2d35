package meshdev.process;

/**
 * A process that was launched and is not attended to, because the system refuses the threads for it. The JDK gives up then
 * without telling the number, so it is known by its mark. Not found where environments can't be read.
 */
final class LostChild {
    private LostChild() {
    }

    /** Kills every process of this agent that belongs to no group which is attended to. */
    static void end(AgentProcess.Surroundings surroundings, String agent) {
        for (MarkedProcess child : surroundings.table().marked(surroundings.mark().run())) {
            if (child.agent().equals(agent) && !surroundings.groups().has(child)) {
                int pid = Math.toIntExact(child.pid());
                Posix.send(pid, Posix.SIGKILL);
                Posix.reap(pid);
            }
        }
    }
}
