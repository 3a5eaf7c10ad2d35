package meshdev.supervise;

import java.time.Duration;
import java.util.Optional;

/**
 * What follows when an agent has ended by itself.
 *
 * @param next    WAITING, TRIPPED or FINISHED
 * @param retryIn present when it is launched again without a change
 */
record Ending(Phase next, Optional<Duration> retryIn, SupervisorEvent event) {
}
