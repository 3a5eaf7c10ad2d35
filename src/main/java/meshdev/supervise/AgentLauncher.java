package meshdev.supervise;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.process.LaunchException;
import meshdev.process.ProcessName;

/** Launches agents in two steps: what can be done while the old process serves, then the run itself. */
public interface AgentLauncher {
    /**
     * A launch may be wanted soon: what it needs may begin now. Returns at once; does nothing when that was done.
     *
     * @param port    the port the agent has or had
     * @param changed files that have changed, perhaps not all; they may change again
     */
    void warm(String agent, OptionalInt port, Set<Path> changed);

    /**
     * No launch is in sight any more: what was begun for it may end.
     *
     * @param over whether no change will bring one either
     */
    void cool(String agent, boolean over);

    /**
     * First step. Returns at once and posts exactly one {@link Message.Prepared} or {@link Message.Refused} with this
     * ticket later, from another thread; or none, when newer changes came up that it has posted instead.
     *
     * @param changed files that changed since the agent was launched
     */
    void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox);

    /**
     * Posts a {@link Message.Confirmed} if nothing has changed in these files that was not posted before; else posts what has.
     * Returns at once.
     */
    void confirm(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox);

    /**
     * The agent serves. Posts one {@link Message.Registered} for this run when the registry knows the agent as it runs now, or a
     * {@link Message.NotRegistered} when it did not within a limit, or at once when it is known not to register, perhaps followed by
     * the other; neither when the run ends before. Returns at once.
     *
     * @param port where the agent listens
     */
    void awaitRegistered(String agent, long run, int port, Consumer<Message> inbox);

    /**
     * Second step: the agent's first line may run from now on. How the process fares is posted with this run's number.
     *
     * @throws LaunchException when nothing could be started; the message is for the user
     */
    LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException;

    /**
     * What to run.
     *
     * @param run     number of the incarnation
     * @param port    the port the incarnation before had, to be offered again
     * @param changed files that changed since the launch before
     * @param reloads how many launches were reloads, this one included
     * @param pidBefore of the incarnation before
     * @param cold    nothing may be imported beforehand: the incarnation before died of that, perhaps
     */
    record Order(String agent, long run, OptionalInt port, Set<Path> changed, int reloads, OptionalLong pidBefore, boolean cold) {
    }

    /** A process that was launched. */
    interface LaunchedAgent {
        long pid();

        /** Whether modules had been imported before its launch. */
        boolean isWarm();

        /** Who of its process group lives, for a message. May take milliseconds. */
        List<ProcessName> living();

        /** Asks the whole process group to end. */
        void terminate();

        /** Ends the whole process group at once. */
        void kill();
    }
}
