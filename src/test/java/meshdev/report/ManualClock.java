package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when a test says so. */
final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T20:00:00.123Z");

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
