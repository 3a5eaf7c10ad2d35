package meshdev.cli;

import java.time.Instant;
import java.time.InstantSource;

/** Time that only ever goes forward at its own pace, whatever happens to the wall clock. Its instants are no dates. */
final class MonotonicClock implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime());
    }
}
