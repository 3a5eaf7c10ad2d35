package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why reloads of one agent were not as fast as they could be; the newest reasons only. Not thread-safe. */
final class ColdReasons {
    private static final int KEPT = 20;

    /** The one seen last is last. */
    private final Map<String, Seen> reasons = new LinkedHashMap<>();

    private record Seen(int count, Instant last) {
    }

    void add(String reason, Instant now) {
        int before = Optional.ofNullable(reasons.remove(reason)).map(Seen::count).orElse(0);
        reasons.put(reason, new Seen(before + 1, now));
        if (reasons.size() > KEPT) {
            reasons.remove(reasons.keySet().iterator().next());
        }
    }

    /** The newest first. */
    List<Map<String, Object>> document(Instant now) {
        List<Map<String, Object>> all = new ArrayList<>();
        reasons.forEach((reason, seen) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("reason", reason);
            one.put("count", seen.count());
            one.put("lastSecondsAgo", Duration.between(seen.last(), now).toSeconds());
            all.add(0, one);
        });
        return all;
    }
}
