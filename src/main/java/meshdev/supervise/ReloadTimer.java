package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts the time of one reload into named parts, in the order they first came; a part that comes again adds up. */
final class ReloadTimer {
    private final Map<String, Duration> parts = new LinkedHashMap<>();
    private final Instant begin;
    private Instant last;

    ReloadTimer(Instant begin) {
        this.begin = begin;
        this.last = begin;
    }

    /** Ends the part that began with the previous mark. */
    void mark(String part, Instant now) {
        if (now.isAfter(last)) {
            parts.merge(part, Duration.between(last, now), Duration::plus);
            last = now;
        } else {
            parts.putIfAbsent(part, Duration.ZERO);
        }
    }

    Duration total() {
        return Duration.between(begin, last);
    }

    List<PhaseTime> parts() {
        List<PhaseTime> list = new ArrayList<>();
        parts.forEach((name, took) -> list.add(new PhaseTime(name, took)));
        return list;
    }
}
