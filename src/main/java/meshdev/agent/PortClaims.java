package meshdev.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;

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
                    throw new ConfigException(entries.get(agent.name()).port().orElseThrow().origin() + ": port "
                            + agent.port().getAsInt() + " of " + agent.name() + " is that of " + holder
                            + ", too; an agent cannot share it, give one of them another");
                }
            }
        }
    }
}
