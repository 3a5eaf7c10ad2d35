package meshdev.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import meshdev.process.MemoryUse;
import meshdev.report.Statistics;
import org.slf4j.LoggerFactory;

/** Measures the memory of each incarnation once, all at the same age, so that they can be compared. */
final class MemorySampling implements AutoCloseable {
    /** When most agents have loaded all that they need. */
    static final Duration AGE = Duration.ofSeconds(10);
    /** What is due within it is measured together: a look at all processes costs as much for one as for fifty. */
    private static final Duration TOGETHER = Duration.ofMillis(500);

    private final Statistics statistics;
    private final Function<Set<Long>, MemoryUse> reader;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param reader the memory of groups by the pids of their leaders
     * @param clock  that of the statistics
     */
    MemorySampling(Statistics statistics, Function<Set<Long>, MemoryUse> reader, InstantSource clock) {
        this.statistics = statistics;
        this.reader = reader;
        this.clock = clock;
    }

    void begin() {
        Thread thread = new Thread(null, this::run, "memory", 0);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(turn().toMillis(), TimeUnit.MILLISECONDS)) {
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(MemorySampling.class).error("memory is not measured any more", e);
        }
    }

    /** Measures what is due; returns how long nothing will be. Who gets ready meanwhile is not due before its age. */
    Duration turn() {
        Instant soon = clock.instant().plus(TOGETHER);
        List<Statistics.Unmeasured> due = statistics.unmeasured().stream()
                .filter(one -> !one.readyAt().plus(AGE).isAfter(soon)).toList();
        if (!due.isEmpty()) {
            measure(due);
        }
        Instant now = clock.instant();
        return statistics.unmeasured().stream().map(one -> Duration.between(now, one.readyAt().plus(AGE)))
                .reduce(AGE, (first, second) -> first.compareTo(second) < 0 ? first : second);
    }

    private void measure(List<Statistics.Unmeasured> due) {
        Set<Long> pids = new HashSet<>();
        due.forEach(one -> pids.add(one.pid()));
        Map<Long, Long> bytes = reader.apply(pids).groups();
        for (Statistics.Unmeasured one : due) {
            statistics.measured(one, bytes.containsKey(one.pid()) ? OptionalLong.of(bytes.get(one.pid())) : OptionalLong.empty());
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
