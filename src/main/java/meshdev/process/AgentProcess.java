package meshdev.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One incarnation of an agent: a process in a group and session of its own, with {@code /dev/null} as input and one
 * pipe for everything it prints. The methods may be called from any thread and never block.
 */
public final class AgentProcess {
    private static final File NO_INPUT = new File("/dev/null");

    private final Process process;
    private final String name;
    private final Surroundings surroundings;
    private final StopRule stopRule;
    private final ProcessGroup group;
    private final Escaped escaped;
    private final OutputPump pump;
    private final ProcessListener listener;
    /** It waits to become the agent: what it may have left elsewhere is not told from what the living agent has there. */
    private volatile boolean waiting;

    /** What all agents of a run share. */
    record Surroundings(ProcessTable table, Mark mark, Census census, LiveGroups groups, Guardian guardian, OutputSink sink) {
    }

    /** Who is told of a process, and where its input comes from. */
    private record Attendance(ProcessListener listener, OutputSink sink, ProcessBuilder.Redirect input) {
        private boolean waits() {
            return input == ProcessBuilder.Redirect.PIPE;
        }
    }

    private AgentProcess(Process process, LaunchSpec spec, Surroundings surroundings, Attendance attendance) {
        this.process = process;
        this.name = spec.name();
        this.waiting = attendance.waits();
        this.surroundings = surroundings;
        this.stopRule = spec.stopRule();
        this.group = new ProcessGroup(process, surroundings.table());
        this.escaped = new Escaped(surroundings, spec.name(), process.pid());
        this.pump = OutputPump.start(spec.name(), process.getInputStream(), attendance.sink());
        this.listener = attendance.listener();
    }

    /**
     * Starts a process.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    static AgentProcess start(LaunchSpec spec, Surroundings surroundings, ProcessListener listener, OutputSink sink)
            throws LaunchException {
        return start(spec, surroundings, new Attendance(listener, sink, ProcessBuilder.Redirect.from(NO_INPUT)));
    }

    /**
     * Starts a process that has a pipe as input and waits to {@link #becomeAgent become the agent}.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    static AgentProcess standby(LaunchSpec spec, Surroundings surroundings, Standby.Gate gate) throws LaunchException {
        return start(spec, surroundings, new Attendance(gate, gate, ProcessBuilder.Redirect.PIPE));
    }

    private static AgentProcess start(LaunchSpec spec, Surroundings surroundings, Attendance attendance) throws LaunchException {
        String problem = LaunchCheck.problem(spec).orElse("");
        if (!problem.isEmpty()) {
            throw new LaunchException(problem);
        }
        try {
            return withHeadroom(spec, surroundings, attendance);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            LostChild.end(surroundings, spec.name()); // nobody could tell when it ends
            throw new LaunchException(LaunchFailure.NO_THREAD);
        }
    }

    private static AgentProcess withHeadroom(LaunchSpec spec, Surroundings surroundings, Attendance attendance)
            throws LaunchException {
        Headroom room = headroom();
        try {
            return attended(spawn(spec, surroundings, attendance.input()), spec, surroundings, attendance);
        } finally {
            room.close();
        }
    }

    private static Headroom headroom() throws LaunchException {
        try {
            return Headroom.hold();
        } catch (IOException e) {
            throw new LaunchException(LaunchFailure.explain(e));
        }
    }

    /** @throws OutOfMemoryError when the system refuses a thread */
    private static AgentProcess attended(Process process, LaunchSpec spec, Surroundings surroundings, Attendance attendance) {
        surroundings.guardian().watch(process.pid(), spec.stopRule());
        try {
            AgentProcess agent = new AgentProcess(process, spec, surroundings, attendance);
            Thread waiter = new Thread(null, agent::awaitEnd, "exit-" + spec.name(), 0);
            waiter.setDaemon(true);
            waiter.start();
            return agent;
        } catch (OutOfMemoryError e) {
            new ProcessGroup(process, surroundings.table()).signal(Posix.SIGKILL);
            surroundings.guardian().forget(process.pid());
            surroundings.groups().forget(process.pid());
            throw e;
        }
    }

    private static Process spawn(LaunchSpec spec, Surroundings surroundings, ProcessBuilder.Redirect input)
            throws LaunchException {
        ProcessBuilder builder = new ProcessBuilder(SessionCommand.wrap(spec.command()));
        builder.directory(spec.workingDirectory().toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(input);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(spec.environment());
        environment.put(Mark.VARIABLE, surroundings.mark().of(spec.name()));
        try {
            return surroundings.groups().start(builder);
        } catch (IOException e) {
            throw new LaunchException(LaunchFailure.explain(e));
        }
    }

    public long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    /** Where a process that waits is told things. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** From now on it is the agent. */
    void becomeAgent() {
        waiting = false;
    }

    /**
     * Asks the whole group to end, and after it what escaped from it. A stopped process would never see the request, so
     * it is continued as well.
     */
    public void terminate() {
        group.signal(Posix.number(stopRule.signal()));
        group.signal(Posix.number("CONT"));
        escaped.look();
    }

    /** Ends the group and what escaped from it at once. */
    public void kill() {
        group.signal(Posix.SIGKILL);
        if (waiting) {
            return;
        }
        escaped.kill();
    }

    /** The living members of its group and what is known to have escaped from it, for a message. Takes milliseconds. */
    public List<ProcessName> living() {
        List<ProcessName> living = new ArrayList<>(group.living());
        for (MarkedProcess one : escaped.alive()) {
            living.add(one.named());
        }
        return living;
    }

    ProcessGroup group() {
        return group;
    }

    private void awaitEnd() {
        try {
            ExitStatus exit = new ExitStatus(process.waitFor());
            try {
                pump.finish();
                awaitOthers(exit);
            } finally {
                listener.gone(exit); // whatever went wrong: the supervisor waits for this
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitOthers(ExitStatus exit) throws InterruptedException {
        if (waiting) {
            group.signal(Posix.SIGKILL);
            Polling.until(group::isGone);
            forget();
            return;
        }
        boolean left = escaped.exist();
        if (left || !group.isGone()) {
            listener.leaderExited(exit, living());
        }
        Polling.until(group::isGone); // the supervisor sets the limit by killing
        forget();
        if (left) {
            escaped.end(Posix.number(stopRule.signal()));
        }
    }

    /** The number is free for others now. */
    private void forget() {
        surroundings.guardian().forget(process.pid());
        surroundings.groups().forget(process.pid());
    }
}
