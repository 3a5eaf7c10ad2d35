package meshdev.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.config.ShortHash;
import meshdev.process.AgentLock;
import meshdev.process.Mark;
import meshdev.report.IoReason;

/** The locks on all agents of this run: one agent has one supervisor. */
final class Locks implements AutoCloseable {
    private final Path folder;
    private final Mark mark;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Set<String> deadRuns = new LinkedHashSet<>();
    private Optional<String> conflict = Optional.empty();
    private boolean closed;
    private Optional<String> warning = Optional.empty();

    /** @param file its name, which tells the agent's own file */
    private record Held(String file, AgentLock lock) {
    }

    private Locks(Path folder, Mark mark) {
        this.folder = folder;
        this.mark = mark;
    }

    /** Takes all locks, or none when one is held by another mesh-dev. */
    static Locks acquire(Path home, List<Agent> agents, Mark mark) {
        Locks locks = new Locks(home.resolve("run"), mark);
        for (Agent agent : agents) {
            locks.take(agent);
        }
        if (locks.conflict.isPresent()) {
            locks.forEach(AgentLock::giveBack);
            locks.held.clear();
        }
        return locks;
    }

    /** Takes the lock of an agent that came later, or whose file is another one now. Who has it already, in words. */
    synchronized Optional<String> add(Agent agent) {
        conflict = Optional.empty();
        if (!closed && (!held.containsKey(agent.name()) || !held.get(agent.name()).file().equals(fileOf(agent)))) {
            take(agent);
        }
        return conflict;
    }

    private void take(Agent agent) {
        String file = fileOf(agent);
        try {
            AgentLock.Attempt attempt = AgentLock.tryLock(folder.resolve(file), ProcessHandle.current().pid(), mark);
            if (attempt.lock().isPresent()) {
                release(agent.name());
                held.put(agent.name(), new Held(file, attempt.lock().get()));
                deadRuns.addAll(attempt.lock().get().deadRuns());
            } else {
                conflict = conflict.or(() -> Optional.of(agent.name() + " is already supervised by another mesh-dev"
                        + (attempt.holder() == 0 ? "" : " (pid " + attempt.holder() + ")")
                        + "; stop that one first, or start other agents here"));
            }
        } catch (IOException e) {
            warning = Optional.of("can't lock the agents against a second mesh-dev in " + folder + ": " + IoReason.of(e)
                    + "; MCP_MESH_HOME names another place");
        }
    }

    /** By the agent's own file and not by the project, which is another one when it is started from elsewhere. */
    private static String fileOf(Agent agent) {
        return agent.name() + "-" + ShortHash.of(real(agent.file()).toString()) + ".lock";
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** Who has one of the agents already, in words. */
    Optional<String> conflict() {
        return conflict;
    }

    /** Why there are no locks although nobody else has them, in words. */
    Optional<String> warning() {
        return warning;
    }

    /** The runs that died while they had one of the locks. */
    synchronized Set<String> deadRuns() {
        return Set.copyOf(deadRuns);
    }

    /** Nothing of the dead runs is left. */
    synchronized void cleared() {
        forEach(AgentLock::cleared);
        deadRuns.clear();
    }

    /** Frees the lock of an agent that has ended for good; of one that is not known, nothing. */
    synchronized void release(String agent) {
        Optional.ofNullable(held.remove(agent)).ifPresent(one -> on(one.lock(), AgentLock::release));
    }

    /** Frees the locks after an end in order; {@link #close} alone means that something may be left. */
    synchronized void release() {
        forEach(AgentLock::release);
        closed = true;
        held.clear();
    }

    @Override
    public synchronized void close() {
        forEach(AgentLock::close);
        held.clear();
    }

    private interface Deed {
        void on(AgentLock lock) throws IOException;
    }

    private void forEach(Deed deed) {
        for (Held one : held.values()) {
            on(one.lock(), deed);
        }
    }

    private static void on(AgentLock lock, Deed deed) {
        try {
            deed.on(lock);
        } catch (IOException e) {
            return; // the system frees it at the end of this process, and a note too many harms nobody
        }
    }
}
