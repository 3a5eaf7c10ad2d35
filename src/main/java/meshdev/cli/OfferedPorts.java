package meshdev.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.agent.Agent;
import meshdev.agent.StatedPorts;

/**
 * The ports that agents had and are to have again: those the system once picked. Not while the agent's own code states one that it did
 * not state then: the variable would beat the code, and a port written there would never take effect. Thread-safe.
 */
final class OfferedPorts {
    private final RememberedPorts remembered;
    /** By agent, at the last launch. */
    private final Map<String, OptionalInt> offered = new ConcurrentHashMap<>();
    /** By agent, where it listened last. */
    private final Map<String, StatedPort> last = new ConcurrentHashMap<>();

    OfferedPorts(RememberedPorts remembered) {
        this.remembered = remembered;
    }

    /**
     * What one launch has to do with ports.
     *
     * @param port   to be offered
     * @param wanted where the agent has to listen to be ready; anywhere when empty
     * @param stated what its code stated then; empty when nobody asks, since its port is configured
     */
    record Offer(OptionalInt port, OptionalInt wanted, Optional<SortedSet<Integer>> stated) {
        /** For an agent whose port is configured. */
        static Offer fixed(OptionalInt port) {
            return new Offer(OptionalInt.empty(), port, Optional.empty());
        }
    }

    /**
     * For a launch: nothing of the agent runs now.
     *
     * @param before where the agent was in this run
     */
    Offer forLaunch(Agent agent, OptionalInt before) {
        SortedSet<Integer> stated = StatedPorts.of(agent);
        OptionalInt port = number(remembered.of(agent.name()).filter(picked -> picked.suits(stated) && picked.isFree()));
        Optional<StatedPort> there = Optional.ofNullable(last.get(agent.name()))
                .filter(was -> before.equals(OptionalInt.of(was.port())) && was.stated().equals(stated));
        Offer offer = new Offer(port, port.isPresent() || there.isEmpty() ? port : before, Optional.of(stated));
        offered.put(agent.name(), port);
        return offer;
    }

    /**
     * The port that {@link #forLaunch} will offer, if nothing changes. Touches no port: the agent may have its own by now, or be about
     * to take it.
     */
    OptionalInt expected(Agent agent, OptionalInt before) {
        return number(remembered.of(agent.name()).filter(picked -> isIts(picked, agent, before) && picked.suits(StatedPorts.of(agent))));
    }

    private boolean isIts(StatedPort picked, Agent agent, OptionalInt before) {
        OptionalInt port = OptionalInt.of(picked.port());
        return port.equals(before) || port.equals(offered.get(agent.name()));
    }

    private static OptionalInt number(Optional<StatedPort> port) {
        return port.isPresent() ? OptionalInt.of(port.get().port()) : OptionalInt.empty();
    }

    /** What was launched with this offer listens there. */
    void listens(String agent, Offer offer, int port) {
        offer.stated().ifPresent(stated -> {
            StatedPort now = new StatedPort(port, stated);
            last.put(agent, now);
            remembered.keep(agent, now);
        });
    }
}
