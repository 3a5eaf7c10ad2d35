package meshdev.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long something took, over and over: by nearest rank, so each is a time that was measured. */
record Spread(Duration p50, Duration p95, Duration last, int count) {
    private static final int MEDIAN = 50;
    private static final int MOST = 95;

    /** @param times oldest first; at least one */
    static Spread of(List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return new Spread(rank(sorted, MEDIAN), rank(sorted, MOST), times.get(times.size() - 1), sorted.size());
    }

    private static Duration rank(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(rank - 1);
    }

    Map<String, Object> document(String name) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("p50Ms", millis(p50));
        document.put("p95Ms", millis(p95));
        document.put("lastMs", millis(last));
        document.put("count", count);
        return document;
    }

    /** Milliseconds with one decimal: a check takes less than one. */
    static double millis(Duration time) {
        return Math.round(time.toNanos() / 100_000.0) / 10.0;
    }
}
