package meshdev.process;

import java.time.Duration;

/**
 * How an agent is asked to end.
 *
 * @param signal a name without {@code SIG}
 * @param grace  how long it may take when mesh-dev is not there any more to say otherwise
 */
public record StopRule(String signal, Duration grace) {
    public static final Duration USUAL_GRACE = Duration.ofSeconds(3);
}
