package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Changes that ask for one reload of one agent.
 *
 * @param files   what changed, in the order seen
 * @param reason  for the user, such as {@code agents/orders.py changed}
 * @param detected how long it took to notice the first change
 * @param firstAt when the first change was seen
 * @param quietAt when the quiet time is over: nothing is stopped for it before
 */
public record Reload(Set<Path> files, String reason, Duration detected, Instant firstAt, Instant quietAt) {
    public Reload {
        files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
    }

    /** Asks of which it is not known how long the change went unnoticed. */
    public Reload(Set<Path> files, String reason, Instant firstAt, Instant quietAt) {
        this(files, reason, Duration.ZERO, firstAt, quietAt);
    }

    /** Both asks as one; the newer one gives the reason. */
    Reload and(Reload newer) {
        Set<Path> all = new LinkedHashSet<>(files);
        all.addAll(newer.files);
        return new Reload(all, newer.reason, detected, firstAt, newer.quietAt);
    }

    /** As both, but the time counts from the newer one: the older one was refused, and waited for it. */
    Reload mendedBy(Reload newer) {
        return new Reload(and(newer).files, newer.reason, newer.detected, newer.firstAt, newer.quietAt);
    }
}
