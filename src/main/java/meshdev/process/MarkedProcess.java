package meshdev.process;

/**
 * A living process that carries a {@link Mark}.
 *
 * @param startedAt with the pid it tells this process from a later one of that number; the unit is the system's
 * @param group     its process group
 * @param command   program and first argument, for messages
 */
public record MarkedProcess(long pid, long startedAt, long group, String agent, String command) {
    /** To be sent right after it was seen to live. A stopped process would never see the signal, so it is continued too. */
    void signal(int signal) {
        int number = Math.toIntExact(pid);
        Posix.send(number, signal);
        Posix.send(number, Posix.number("CONT"));
    }

    /** As messages name it. */
    public ProcessName named() {
        return new ProcessName(pid, command);
    }

    @Override
    public String toString() {
        return agent + " (pid " + pid + ", " + command + ")";
    }
}
