package meshdev.process;

import java.time.InstantSource;
import java.util.Optional;

/** The door of this package: launches agents' processes and answers what the system knows of them. */
public final class Processes {
    private final Readiness readiness;
    private final AgentProcess.Surroundings surroundings;

    /**
     * @param clock    monotonic
     * @param mark     given to every process
     * @param guardian told of every process
     */
    public Processes(InstantSource clock, Mark mark, Guardian guardian, OutputSink sink) {
        ProcessTable table = ProcessTable.ofThisSystem();
        this.readiness = new Readiness(table, clock);
        this.surroundings = new AgentProcess.Surroundings(table, mark, new Census(table, mark), new LiveGroups(),
                guardian, sink);
    }

    /**
     * Starts a process in a group of its own; its output goes to the sink under the name of the specification.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    public AgentProcess start(LaunchSpec spec, ProcessListener listener) throws LaunchException {
        return start(spec, listener, surroundings.sink());
    }

    /**
     * The same, with a sink of its own for what this one prints.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    public AgentProcess start(LaunchSpec spec, ProcessListener listener, OutputSink sink) throws LaunchException {
        return AgentProcess.start(spec, surroundings, listener, sink);
    }

    /**
     * Starts a process in a group of its own that waits to become an agent.
     *
     * @param prefix of the lines that are answers; nobody else can guess it
     * @throws LaunchException when it could not be started; nothing runs then
     */
    public Standby standby(LaunchSpec spec, String prefix, Standby.Listener listener) throws LaunchException {
        return Standby.start(spec, prefix, surroundings, listener);
    }

    /** Tells the listener once when the condition holds; never when the process ends before. */
    public void whenReady(String name, AgentProcess process, ReadyCondition condition, ReadySign.Listener listener) {
        readiness.watch(name, process, condition, listener);
    }

    /** Who listens on a port; empty when nobody does or it may not be seen. Takes milliseconds. */
    public Optional<ProcessName> holder(int port) {
        try {
            return surroundings.table().holder(port);
        } catch (UnansweredException e) {
            return Optional.empty();
        }
    }

    /** Loads native access now, so that the first stop does not have to wait for it. */
    public static void loadNativeAccess() {
        Posix.number("TERM");
        TerminalStop.nativeAccessIsLoaded();
    }
}
