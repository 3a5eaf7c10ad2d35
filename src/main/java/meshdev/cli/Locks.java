package meshdev.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.config.ShortHash;
import meshdev.process.AgentLock;
import meshdev.process.Mark;
import meshdev.report.IoReason;

/** The locks on all agents of this run: one agent has one supervisor. */
final class Locks implements AutoCloseable {
    private final Mark mark;
    private final List<AgentLock> held = new ArrayList<>();
    private Optional<String> conflict = Optional.empty();
    private Optional<String> warning = Optional.empty();

    private Locks(Mark mark) {
        this.mark = mark;
    }

    /** Takes all locks, or none when one is held by another mesh-dev. */
    static Locks acquire(Path home, List<Agent> agents, Mark mark) {
        Locks locks = new Locks(mark);
        Path folder = home.resolve("run");
        for (Agent agent : agents) {
            locks.take(folder, agent);
        }
        if (locks.conflict.isPresent()) {
            locks.forEach(AgentLock::giveBack);
            locks.held.clear();
        }
        return locks;
    }

    private void take(Path folder, Agent agent) {
        try {
            AgentLock.Attempt attempt = AgentLock.tryLock(folder.resolve(fileOf(agent)), ProcessHandle.current().pid(), mark);
            if (attempt.lock().isPresent()) {
                held.add(attempt.lock().get());
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
    Set<String> deadRuns() {
        Set<String> runs = new LinkedHashSet<>();
        for (AgentLock lock : held) {
            runs.addAll(lock.deadRuns());
        }
        return runs;
    }

    /** Nothing of the dead runs is left. */
    void cleared() {
        forEach(AgentLock::cleared);
    }

    /** Frees the locks after an end in order; {@link #close} alone means that something may be left. */
    void release() {
        forEach(AgentLock::release);
        held.clear();
    }

    @Override
    public void close() {
        forEach(AgentLock::close);
        held.clear();
    }

    private interface Deed {
        void on(AgentLock lock) throws IOException;
    }

    private void forEach(Deed deed) {
        for (AgentLock lock : held) {
            try {
                deed.on(lock);
            } catch (IOException e) {
                continue; // the system frees it at the end of this process, and a note too many harms nobody
            }
        }
    }
}
