package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest decisions about files, so that "why did nothing happen" can be answered afterwards. A decision that is made
 * again is one entry that counts, however often a program writes its file. Pure; used by one thread.
 */
public final class DecisionLog {
    static final int MOST = 1000;
    /** What is decided again and again is worth telling once in that time. */
    static final Duration TOLD_ONCE_IN = Duration.ofSeconds(1);

    private final Map<FileDecision, Entry> entries = new LinkedHashMap<>();

    /**
     * A decision and when it was made, by the supervisor's clock, whose instants are no dates.
     *
     * @param times  how often, at least 1
     * @param toldAt when {@link #note} last called it worth telling
     */
    public record Entry(FileDecision decision, Instant firstAt, Instant lastAt, int times, Instant toldAt) {
    }

    /** Whether it is worth telling: new, or not told of late. */
    boolean note(FileDecision decision, Instant at) {
        Optional<Entry> before = Optional.ofNullable(entries.remove(decision));
        boolean telling = before.isEmpty() || !at.isBefore(before.get().toldAt().plus(TOLD_ONCE_IN));
        entries.put(decision, before.map(entry -> new Entry(decision, entry.firstAt(), at, entry.times() + 1,
                telling ? at : entry.toldAt())).orElseGet(() -> new Entry(decision, at, at, 1, at)));
        if (entries.size() > MOST) {
            Iterator<FileDecision> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return telling;
    }

    /** All that are kept, the newest last. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
