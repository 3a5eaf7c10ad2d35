package meshdev.process;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * When an agent counts as ready.
 *
 * @param health an absolute URL, or a path on the port the agent listens on, that must answer 2xx; without one,
 *               listening is enough
 * @param port   the port its group must listen on; any when empty
 */
public record ReadyCondition(Optional<String> health, OptionalInt port) {
    public static final ReadyCondition ANY_PORT = new ReadyCondition(Optional.empty(), OptionalInt.empty());

    boolean needsListening() {
        return health.isEmpty() || health.get().startsWith("/");
    }
}
