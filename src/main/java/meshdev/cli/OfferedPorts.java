package meshdev.cli;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.agent.Agent;
import meshdev.agent.StatedPorts;
import meshdev.process.EphemeralPorts;

/**
 * The ports that agents had and are to have again: those the system once picked. One that the agent's own code stated is not
 * offered, since the variable would beat the code, and a port changed there would never take effect. Thread-safe.
 */
final class OfferedPorts {
    private final RememberedPorts remembered;
    private final Map<String, OptionalInt> ofEarlierRun = new ConcurrentHashMap<>();
    /** By agent, what its file stated when it was launched last. */
    private final Map<String, String> stated = new ConcurrentHashMap<>();

    OfferedPorts(RememberedPorts remembered) {
        this.remembered = remembered;
    }

    /**
     * For a launch: nothing of the agent runs now.
     *
     * @param before where the agent was in this run; without one, an earlier run tells
     */
    OptionalInt forLaunch(Agent agent, OptionalInt before) {
        if (before.isEmpty()) {
            ofEarlierRun.put(agent.name(), remembered.of(agent.name(), () -> StatedPorts.of(agent)));
        }
        return expected(agent, before);
    }

    /** As {@link #forLaunch} will say, if nothing changes. Touches no port: the agent may be about to take its own. */
    OptionalInt expected(Agent agent, OptionalInt before) {
        if (before.isEmpty()) {
            return ofEarlierRun.getOrDefault(agent.name(), OptionalInt.empty());
        }
        boolean meant = EphemeralPorts.ofThisSystem().contains(before.getAsInt())
                && StatedPorts.of(agent).equals(stated.get(agent.name()));
        return meant ? before : OptionalInt.empty();
    }

    /** To be called right after a launch, so that what the file states is what the process reads. */
    void launched(Agent agent) {
        stated.put(agent.name(), StatedPorts.of(agent));
    }

    void listens(String agent, int port) {
        remembered.keep(agent, stated.getOrDefault(agent, ""), port);
    }
}
