package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The rules one agent's machine goes by.
 *
 * @param entry          the agent's own file
 * @param startupAttempts failed starts in a row that open the circuit breaker, at least 1
 * @param startupWindow   an exit within this time of the launch, before ready, is a failed start
 * @param reloadGrace     from the request to end until the kill, on a reload
 * @param quitGrace       the same, when the agent or mesh-dev is to end
 * @param patience        how long changes may go on before a reload does not wait for quiet any longer
 * @param port            the configured port
 * @param readyWithoutPort whether living through the start-up window counts as ready
 * @param dependsOn       agents that are to be ready before its first launch
 * @param registers       whether a reload is complete only when the agent is registered again
 */
public record AgentPolicy(
        Path entry,
        int startupAttempts,
        Duration startupWindow,
        Duration reloadGrace,
        Duration quitGrace,
        Duration patience,
        OptionalInt port,
        boolean readyWithoutPort,
        List<String> dependsOn,
        boolean registers) {

    public AgentPolicy {
        if (startupAttempts < 1) {
            throw new IllegalArgumentException("startupAttempts " + startupAttempts);
        }
        dependsOn = List.copyOf(dependsOn);
    }
}
