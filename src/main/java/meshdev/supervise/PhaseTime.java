package meshdev.supervise;

import java.time.Duration;

/** A named part of a reload and how long it took. */
public record PhaseTime(String name, Duration took) {
}
