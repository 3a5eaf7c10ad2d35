package meshdev.process;

import java.io.File;
import java.io.IOException;
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
    private final Surroundings surroundings;
    private final StopRule stopRule;
    private final ProcessGroup group;
    private final Escaped escaped;
    private final OutputPump pump;
    private final ProcessListener listener;

    /** What all agents of a run share. */
    record Surroundings(ProcessTable table, Mark mark, Census census, Guardian guardian, OutputSink sink) {
    }

    private AgentProcess(Process process, LaunchSpec spec, Surroundings surroundings, ProcessListener listener) {
        this.process = process;
        this.surroundings = surroundings;
        this.stopRule = spec.stopRule();
        this.group = new ProcessGroup(process, surroundings.table());
        this.escaped = new Escaped(surroundings.census(), surroundings.table(), spec.name(), process.pid());
        this.pump = OutputPump.start(spec.name(), process.getInputStream(), surroundings.sink());
        this.listener = listener;
    }

    /**
     * Starts a process.
     *
     * @throws LaunchException when it could not be started; nothing runs then
     */
    static AgentProcess start(LaunchSpec spec, Surroundings surroundings, ProcessListener listener)
            throws LaunchException {
        String problem = LaunchCheck.problem(spec).orElse("");
        if (!problem.isEmpty()) {
            throw new LaunchException(problem);
        }
        try {
            return withHeadroom(spec, surroundings, listener);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            LostChild.end(surroundings.table(), surroundings.mark(), spec.name()); // nobody could tell when it ends
            throw new LaunchException(LaunchFailure.NO_THREAD);
        }
    }

    private static AgentProcess withHeadroom(LaunchSpec spec, Surroundings surroundings, ProcessListener listener)
            throws LaunchException {
        Headroom room = headroom();
        try {
            return attended(spawn(spec, surroundings.mark()), spec, surroundings, listener);
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
    private static AgentProcess attended(Process process, LaunchSpec spec, Surroundings surroundings, ProcessListener listener) {
        surroundings.guardian().watch(process.pid(), spec.stopRule());
        try {
            AgentProcess agent = new AgentProcess(process, spec, surroundings, listener);
            Thread waiter = new Thread(null, agent::awaitEnd, "exit-" + spec.name(), 0);
            waiter.setDaemon(true);
            waiter.start();
            return agent;
        } catch (OutOfMemoryError e) {
            new ProcessGroup(process, surroundings.table()).signal(Posix.SIGKILL);
            surroundings.guardian().forget(process.pid());
            throw e;
        }
    }

    private static Process spawn(LaunchSpec spec, Mark mark) throws LaunchException {
        ProcessBuilder builder = new ProcessBuilder(SessionCommand.wrap(spec.command()));
        builder.directory(spec.workingDirectory().toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(NO_INPUT);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(spec.environment());
        environment.put(Mark.VARIABLE, mark.of(spec.name()));
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
        boolean left = escaped.exist();
        if (left || !group.isGone()) {
            listener.leaderExited(exit, living());
        }
        Polling.until(group::isGone); // the supervisor sets the limit by killing
        surroundings.guardian().forget(process.pid()); // the number is free for others now
        if (left) {
            escaped.end(Posix.number(stopRule.signal()));
        }
    }
}
