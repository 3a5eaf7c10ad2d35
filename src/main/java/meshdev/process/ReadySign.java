package meshdev.process;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An agent's condition came true.
 *
 * @param port      what it listens on; when only a URL was asked, the port it should have
 * @param elsewhere present when it listens on others than the one it should have
 */
public record ReadySign(OptionalInt port, Optional<Elsewhere> elsewhere) {
    /**
     * Where the agent is not.
     *
     * @param wanted the port it should have
     * @param holder who listens there
     */
    public record Elsewhere(int wanted, Optional<ProcessName> holder) {
    }

    /** Hears of a sign once per watched process, from the readiness threads. */
    @FunctionalInterface
    public interface Listener {
        void ready(ReadySign sign);
    }
}
