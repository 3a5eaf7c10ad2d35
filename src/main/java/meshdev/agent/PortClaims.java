package meshdev.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Origin;
import meshdev.config.Sourced;

/** The ports that {@code .meshwatch} gives to agents: each to one. */
public final class PortClaims {
    private PortClaims() {
    }

    /**
     * @param entries of {@code agents:}; of those that are none of the agents nothing is asked
     * @throws ConfigException with the place of the second claim
     */
    public static void check(Map<String, AgentSettings> entries, List<Agent> agents) {
        Map<Integer, String> holders = new HashMap<>();
        for (Agent agent : agents) {
            if (agent.port().isPresent()) {
                String holder = holders.putIfAbsent(agent.port().getAsInt(), agent.name());
                if (holder != null) {
                    throw clash(entries, agent.port().getAsInt(), agent.name(), holder);
                }
            }
        }
    }

    /** One of the two may be kept from an earlier text, which says nothing of it any more. */
    private static ConfigException clash(Map<String, AgentSettings> entries, int port, String one, String other) {
        boolean written = claim(entries, one, port).isPresent();
        String claimant = written ? one : other;
        String place = claim(entries, claimant, port).map(origin -> origin + ": ").orElse("");
        return new ConfigException(place + "port " + port + " of " + claimant + " is that of " + (written ? other : one)
                + ", too; an agent cannot share it, give one of them another");
    }

    private static Optional<Origin> claim(Map<String, AgentSettings> entries, String agent, int port) {
        return Optional.ofNullable(entries.get(agent)).flatMap(AgentSettings::port).filter(claimed -> claimed.value() == port)
                .map(Sourced::origin);
    }
}
