package meshdev.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A process that waits to become an agent, in a group of its own like any agent, and is talked with in lines: those it
 * prints that begin with its prefix are answers, others are held back until it is the agent.
 *
 * <p>Thread-safe. The listener is called on the thread that reads what the process prints, and on the one that awaits its end.
 */
public final class Standby {
    /** Of what it prints too early, the newest lines. */
    private static final int MOST_LINES = 1000;
    private static final int LONGEST_LINE = 8 << 10;

    private final String prefix;
    private final Listener listener;
    private final OutputSink sink;
    private final Deque<String> early = new ArrayDeque<>();
    private Optional<ProcessListener> heir = Optional.empty();
    private boolean ended;
    private AgentProcess process;

    /** Hears what the process says while it waits. */
    public interface Listener {
        /** @param words without the prefix */
        void said(String words);

        /** It has ended without having been released. Called once. */
        void ended();
    }

    private Standby(String prefix, Listener listener, OutputSink sink) {
        this.prefix = prefix;
        this.listener = listener;
        this.sink = sink;
    }

    /**
     * Starts the process.
     *
     * @param prefix nobody else can guess it
     * @throws LaunchException when it could not be started; nothing runs then
     */
    static Standby start(LaunchSpec spec, String prefix, AgentProcess.Surroundings surroundings, Listener listener)
            throws LaunchException {
        Standby standby = new Standby(prefix, listener, surroundings.sink());
        synchronized (standby) {
            standby.process = AgentProcess.standby(spec, surroundings, standby.new Gate());
        }
        return standby;
    }

    public synchronized long pid() {
        return process.pid();
    }

    /**
     * Sends a line; waits while the process does not read, so keep what is not answered yet below 64 KiB.
     *
     * @throws IOException when it reads no more
     */
    public void send(String line) throws IOException {
        OutputStream out = process().input();
        synchronized (out) {
            out.write(line.concat("\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    private synchronized AgentProcess process() {
        return process;
    }

    /**
     * Makes it the agent: sends the last line, and from now on all that happens is the agent's.
     *
     * @return empty when it has ended, or reads no more and was ended
     */
    public synchronized Optional<AgentProcess> release(String lastLine, ProcessListener next) {
        if (ended) {
            return Optional.empty();
        }
        try {
            send(lastLine);
            process.input().close();
        } catch (IOException e) {
            process.kill();
            return Optional.empty();
        }
        process.becomeAgent();
        heir = Optional.of(next);
        early.forEach(line -> sink.line(process.name(), line));
        early.clear();
        return Optional.of(process);
    }

    /** Ends it at once, unless it was released. */
    public synchronized void end() {
        if (heir.isEmpty() && !ended) {
            process.kill();
        }
    }

    private synchronized void print(String name, String line) {
        if (heir.isPresent()) {
            sink.line(name, line);
            return;
        }
        if (early.size() == MOST_LINES) {
            early.removeFirst();
        }
        early.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
    }

    private synchronized Optional<ProcessListener> over() {
        ended = true;
        return heir;
    }

    private synchronized Optional<ProcessListener> heir() {
        return heir;
    }

    /** Stands between the process and whoever is to hear of it. */
    final class Gate implements ProcessListener, OutputSink {
        @Override
        public void line(String name, String line) {
            if (line.startsWith(prefix)) {
                listener.said(line.substring(prefix.length()));
            } else {
                print(name, line);
            }
        }

        @Override
        public void over(String name) {
            heir().ifPresent(agent -> sink.over(name));
        }

        @Override
        public void leaderExited(ExitStatus exit, List<ProcessName> left) {
            heir().ifPresent(agent -> agent.leaderExited(exit, left));
        }

        @Override
        public void gone(ExitStatus exit) {
            Optional<ProcessListener> agent = Standby.this.over();
            if (agent.isPresent()) {
                agent.get().gone(exit);
            } else {
                listener.ended();
            }
        }
    }
}
