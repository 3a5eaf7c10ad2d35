package meshdev.process;

import java.time.InstantSource;

/** The door of this package: launches agents' processes and answers what the system knows of them. */
public final class Processes {
    private final ProcessTable table = ProcessTable.ofThisSystem();
    private final Readiness readiness;
    private final OutputSink sink;

    /** @param clock monotonic */
    public Processes(InstantSource clock, OutputSink sink) {
        this.readiness = new Readiness(table, clock);
        this.sink = sink;
    }

    /**
     * Starts a process in a group of its own; its output goes to the sink under the name of the specification.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    public AgentProcess start(LaunchSpec spec, ProcessListener listener) throws LaunchException {
        return AgentProcess.start(spec, sink, table, listener);
    }

    /** Tells the listener once when the condition holds; never when the process ends before. */
    public void whenReady(String name, AgentProcess process, ReadyCondition condition, ReadySign.Listener listener) {
        readiness.watch(name, process, condition, listener);
    }

    /** Loads native access now, so that the first stop does not have to wait for it. */
    public static void loadNativeAccess() {
        Posix.number("TERM");
    }
}
