package meshdev.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to scan next: at once after a hint, once more a moment later when there is doubt, and now and then in any case.
 * Scans take at most half of the time, and unasked ones a thousandth. Has no clock; used by one thread.
 */
final class ScanSchedule {
    private static final Duration SECOND_LOOK = Duration.ofMillis(30);
    private static final Duration SHORTEST_GAP = Duration.ofMillis(4);
    private static final Duration LONGEST_GAP_AFTER_FAILURE = Duration.ofSeconds(30);

    private Optional<Instant> hintedAt = Optional.empty();
    private Optional<Instant> secondLookAt = Optional.empty();
    private Instant notBefore;
    private Instant unaskedAt;
    private Optional<Duration> lastTook = Optional.empty();
    private Duration failureGap = Duration.ofMillis(100);

    ScanSchedule(Instant now) {
        this.notBefore = now;
        this.unaskedAt = now;
    }

    void hinted(Instant at) {
        hintedAt = hintedAt.or(() -> Optional.of(at));
    }

    Instant next() {
        Instant wanted = earlier(unaskedAt, hintedAt.orElse(unaskedAt));
        wanted = earlier(wanted, secondLookAt.orElse(wanted));
        return wanted.isAfter(notBefore) ? wanted : notBefore;
    }

    /** When what the scan beginning now finds was first hinted at. */
    Instant seenAt(Instant now) {
        return hintedAt.orElse(now);
    }

    /** Whether the scan that is due now is one that no hint has asked for. */
    boolean isUnasked() {
        return hintedAt.isEmpty() && secondLookAt.isEmpty();
    }

    /** A scan begins: hints from here on ask for another. */
    void begin() {
        secondLookAt = hintedAt.isPresent() ? hintedAt : Optional.empty();
        hintedAt = Optional.empty();
    }

    /**
     * A scan has ended.
     *
     * @param settled whether no file is so young that another write could leave its times as they are
     */
    void done(Instant begin, Instant end, boolean changed, boolean settled, WatchMode mode) {
        Duration took = Duration.between(begin, end);
        boolean doubt = !settled || secondLookAt.isPresent() && !changed;
        secondLookAt = doubt ? Optional.of(end.plus(SECOND_LOOK)) : Optional.empty();
        notBefore = end.plus(longer(took, SHORTEST_GAP));
        // the cheaper of two: the first scan is slow in a fresh process, and any may be on a busy machine
        Duration cost = lastTook.filter(last -> last.compareTo(took) < 0).orElse(took);
        lastTook = Optional.of(took);
        unaskedAt = end.plus(longer(mode.interval(), cost.multipliedBy(mode.costLimit())));
        failureGap = Duration.ofMillis(100);
    }

    /** A scan broke off: the next one waits longer each time. */
    void failed(Instant now) {
        notBefore = now.plus(failureGap);
        unaskedAt = notBefore;
        Duration twice = failureGap.multipliedBy(2);
        failureGap = twice.compareTo(LONGEST_GAP_AFTER_FAILURE) < 0 ? twice : LONGEST_GAP_AFTER_FAILURE;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
