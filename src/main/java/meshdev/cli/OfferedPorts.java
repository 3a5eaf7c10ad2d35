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
    /** By agent, what its file stated when it was launched last. */
    private final Map<String, String> stated = new ConcurrentHashMap<>();

    OfferedPorts(RememberedPorts remembered) {
        this.remembered = remembered;
    }

    /** @param before where the agent was in this run; without one, an earlier run tells */
    OptionalInt of(Agent agent, OptionalInt before) {
        if (before.isEmpty()) {
            return remembered.of(agent.name(), () -> StatedPorts.of(agent));
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
