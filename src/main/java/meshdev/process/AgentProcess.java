package meshdev.process;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One incarnation of an agent: a process in a group and session of its own, with {@code /dev/null} as input and one
 * pipe for everything it prints. The methods may be called from any thread and never block.
 */
public final class AgentProcess {
    /** How long the last words may take once the process has ended; a grandchild may hold the pipe for ever. */
    private static final long LAST_WORDS_MILLIS = 100;
    private static final long SLOWEST_POLL_MILLIS = 50;
    private static final File NO_INPUT = new File("/dev/null");

    private final Process process;
    private final ProcessGroup group;
    private final OutputPump pump;
    private final ProcessListener listener;
    private final CountDownLatch never = new CountDownLatch(1);

    private AgentProcess(Process process, OutputPump pump, ProcessTable table, ProcessListener listener) {
        this.process = process;
        this.group = new ProcessGroup(process, table);
        this.pump = pump;
        this.listener = listener;
    }

    /**
     * Starts a process.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    static AgentProcess start(LaunchSpec spec, OutputSink sink, ProcessTable table, ProcessListener listener)
            throws LaunchException {
        String problem = LaunchCheck.problem(spec).orElse("");
        if (!problem.isEmpty()) {
            throw new LaunchException(problem);
        }
        Process process = spawn(spec);
        String name = spec.name();
        OutputPump pump = OutputPump.start(name, process.getInputStream(), line -> sink.line(name, line));
        AgentProcess agent = new AgentProcess(process, pump, table, listener);
        Thread waiter = new Thread(null, agent::awaitEnd, "exit-" + name, 0);
        waiter.setDaemon(true);
        waiter.start();
        return agent;
    }

    private static Process spawn(LaunchSpec spec) throws LaunchException {
        ProcessBuilder builder = new ProcessBuilder(SessionCommand.wrap(spec.command()));
        builder.directory(spec.workingDirectory().toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(NO_INPUT);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(spec.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LaunchException(LaunchFailure.explain(e));
        }
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Asks the whole group to end. A stopped process would never see the request, so it is continued as well.
     *
     * @param signal a name without {@code SIG}
     */
    public void terminate(String signal) {
        group.signal(Posix.number(signal));
        group.signal(Posix.number("CONT"));
    }

    /** Ends the whole group at once. */
    public void kill() {
        group.signal(Posix.SIGKILL);
    }

    ProcessGroup group() {
        return group;
    }

    private void awaitEnd() {
        try {
            ExitStatus exit = new ExitStatus(process.waitFor());
            try {
                pump.finish(LAST_WORDS_MILLIS);
                if (!group.isGone()) {
                    listener.leaderExited(exit);
                    awaitGroup();
                }
            } finally {
                listener.gone(exit); // whatever went wrong: the supervisor waits for this
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The system tells nobody when a group becomes empty: it has to be asked. The supervisor sets the limit by killing. */
    private void awaitGroup() throws InterruptedException {
        long pause = 1;
        while (!group.isGone()) {
            never.await(pause, TimeUnit.MILLISECONDS);
            pause = Math.min(pause * 2, SLOWEST_POLL_MILLIS);
        }
    }
}
