package meshdev.process;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An agent's condition came true.
 *
 * @param port       what it listens on; when only a URL was asked, the port it should have
 * @param holder     who listens on the port the agent should have had, when it listens elsewhere
 */
public record ReadySign(OptionalInt port, Optional<ProcessName> holder) {
    /** Hears of a sign once per watched process, from the readiness threads. */
    @FunctionalInterface
    public interface Listener {
        void ready(ReadySign sign);
    }
}
