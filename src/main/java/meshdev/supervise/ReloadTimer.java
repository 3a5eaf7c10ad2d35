package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts the time of one reload into named parts, always all of them in one order; a part that comes again adds up. */
final class ReloadTimer {
    private static final List<String> PARTS = List.of("detect", "quiet", "check", "warm", "stop", "start", "ready");

    private final Map<String, Duration> parts = new LinkedHashMap<>();
    private final Instant begin;
    private Instant last;

    ReloadTimer(Instant begin) {
        this.begin = begin;
        this.last = begin;
        PARTS.forEach(part -> parts.put(part, Duration.ZERO));
    }

    /** Ends the part that began with the previous mark. One that not every reload has is told only where it was marked. */
    void mark(String part, Instant now) {
        if (now.isAfter(last)) {
            parts.merge(part, Duration.between(last, now), Duration::plus);
            last = now;
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
