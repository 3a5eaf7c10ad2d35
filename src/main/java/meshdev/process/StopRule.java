package meshdev.process;

import java.time.Duration;

/**
 * How an agent is asked to end.
 *
 * @param signal a name without {@code SIG}
 * @param grace  how long it may take when mesh-dev is not there any more to say otherwise
 * @param last   whether it is asked then only when all others are gone, since they need it
 */
public record StopRule(String signal, Duration grace, boolean last) {
    public static final Duration USUAL_GRACE = Duration.ofSeconds(3);

    /** For one that nobody needs to end. */
    public StopRule(String signal, Duration grace) {
        this(signal, grace, false);
    }
}
