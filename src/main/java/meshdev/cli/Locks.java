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
    static Locks acquire(Path home, Path root, List<Agent> agents) {
        Locks locks = new Locks();
        Path folder = home.resolve("run").resolve(ShortHash.of(real(root).toString()));
        try {
            for (Agent agent : agents) {
                AgentLock.Attempt attempt = AgentLock.tryLock(folder.resolve(agent.name() + ".lock"), ProcessHandle.current().pid());
                if (attempt.lock().isEmpty()) {
                    locks.conflict = Optional.of(agent.name() + " is already supervised by another mesh-dev (pid "
                            + attempt.holder() + "); stop that one first, or start other agents here");
                    locks.close();
                    return locks;
                }
                locks.held.add(attempt.lock().get());
            }
        } catch (IOException e) {
            locks.warning = Optional.of("can't lock the agents against a second mesh-dev: " + e.getMessage());
        }
        return locks;
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root;
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
                warning = Optional.of(e.getMessage());
            }
        }
        held.clear();
    }
}
