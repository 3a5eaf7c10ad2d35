package meshdev.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meshdev.agent.Agent;
import meshdev.config.ShortHash;
import meshdev.process.AgentLock;

/** The locks on all agents of this run: one agent has one supervisor. */
final class Locks implements AutoCloseable {
    private final List<AgentLock> held = new ArrayList<>();
    private Optional<String> conflict = Optional.empty();
    private Optional<String> warning = Optional.empty();

    private Locks() {
    }

    /** Takes all locks, or none when one is held by another mesh-dev. */
    static Locks acquire(Path home, List<Agent> agents) {
        Locks locks = new Locks();
        Path folder = home.resolve("run");
        for (Agent agent : agents) {
            locks.take(folder, agent);
        }
        if (locks.conflict.isPresent()) {
            locks.close();
        }
        return locks;
    }

    private void take(Path folder, Agent agent) {
        try {
            AgentLock.Attempt attempt = AgentLock.tryLock(folder.resolve(fileOf(agent)), ProcessHandle.current().pid());
            if (attempt.lock().isPresent()) {
                held.add(attempt.lock().get());
            } else {
                conflict = Optional.of(agent.name() + " is already supervised by another mesh-dev"
                        + (attempt.holder() == 0 ? "" : " (pid " + attempt.holder() + ")")
                        + "; stop that one first, or start other agents here");
            }
        } catch (IOException e) {
            warning = Optional.of("can't lock the agents against a second mesh-dev: " + e.getMessage());
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

    @Override
    public void close() {
        for (AgentLock lock : held) {
            try {
                lock.close();
            } catch (IOException e) {
                continue; // the system frees it at the end of this process
            }
        }
        held.clear();
    }
}
