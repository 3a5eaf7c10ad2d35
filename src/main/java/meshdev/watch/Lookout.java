package meshdev.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how changes are noticed: by events as long as they arrive, by scans every second when they don't, and by
 * events again when they do. After a fall-back a new source of events is tried beside the scans, after one minute and
 * then ever more rarely. One that only has to listen, because the old one could not, is taken when it does; one that
 * heard nothing, only when it has announced a change. Owned by the watcher's thread, except for what says otherwise.
 */
final class Lookout implements AutoCloseable {
    static final Duration FALLBACK_INTERVAL = Duration.ofSeconds(1);
    static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Lookout.class);
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(30);
    private static final String DEAF = "changes come without events here, as in network folders and in folders shared with"
            + " a virtual machine; with --poll it is so from the start";

    private final Supplier<ChangeSource> sources;
    private final Function<ChangeSource, ChangeSource.Hints> hints;
    private final Consumer<WatchNotice> notices;
    private final CompletableFuture<WatchMode> settled = new CompletableFuture<>();
    private volatile ChangeSource source;
    private volatile Optional<ChangeSource> candidate = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();
    private Duration retryGap = FIRST_RETRY;
    private EventHealth health = new EventHealth();
    private boolean deaf;

    /**
     * @param sources a fresh source as the user wants it, at every call
     * @param hints   where a source is to tell
     */
    Lookout(Supplier<ChangeSource> sources, Function<ChangeSource, ChangeSource.Hints> hints,
            Consumer<WatchNotice> notices) {
        this.sources = sources;
        this.hints = hints;
        this.notices = notices;
        this.source = sources.get();
    }

    void start() {
        source.start(hints.apply(source));
        settle();
    }

    /** From any thread. */
    WatchMode mode() {
        return source.mode();
    }

    /** Completed when events are told or can't be had; from any thread. */
    CompletableFuture<WatchMode> settled() {
        return settled.copy();
    }

    /** A source has hinted. */
    void hinted(boolean event) {
        if (event) {
            health.heard();
        }
        if (!deaf && candidate.filter(ChangeSource::listening).isPresent()) {
            adopt();
        }
        settle();
    }

    /**
     * A scan has ended.
     *
     * @param asked     whether a hint had asked for it
     * @param announced whether that was an event
     */
    void scanned(Instant end, boolean changed, boolean asked, boolean announced) {
        if (!changed) {
            return;
        }
        if (announced) {
            health.announced();
            if (candidate.filter(ChangeSource::listening).isPresent()) {
                adopt();
            }
        } else if (!asked && candidate.orElse(source).listening()) {
            health.surprised(end);
        }
    }

    /** When {@link #runDue} has something to do, if nothing else happens. */
    Optional<Instant> deadline() {
        Optional<Instant> doubt = health.deadline();
        return doubt.isEmpty() || retryAt.isPresent() && retryAt.get().isBefore(doubt.get()) ? retryAt : doubt;
    }

    void runDue(Instant now) {
        switch (health.judge(now)) {
            case FINE -> { }
            case MISSED -> missed();
            case DEAF -> unheard(now);
        }
        if (retryAt.isPresent() && !now.isBefore(retryAt.get())) {
            retryAt = Optional.empty();
            candidate = Optional.of(sources.get());
            candidate.get().start(hints.apply(candidate.get()));
        }
    }

    private void missed() {
        log.debug("a change was found that no event told; native watching is set up anew");
        if (candidate.isEmpty()) {
            source.close();
            source = sources.get();
            source.start(hints.apply(source));
        }
    }

    private void unheard(Instant now) {
        deaf = true;
        if (candidate.isEmpty()) {
            scanFromNowOn(DEAF, now);
        } else {
            dropCandidate(now);
        }
    }

    /** A source has given up. */
    void failed(ChangeSource failing, String reason, Instant now) {
        if (failing == source) {
            deaf = false;
            scanFromNowOn(reason, now);
        } else if (candidate.filter(one -> one == failing).isPresent()) {
            log.debug("events still can't be had: {}", reason);
            dropCandidate(now);
        }
    }

    private void scanFromNowOn(String reason, Instant now) {
        source.close();
        source = new PollingChangeSource(FALLBACK_INTERVAL, reason);
        retryLater(now);
        settle();
        notices.accept(new WatchNotice.ModeChanged(source.mode()));
    }

    private void dropCandidate(Instant now) {
        candidate.ifPresent(ChangeSource::close);
        candidate = Optional.empty();
        retryLater(now);
    }

    private void retryLater(Instant now) {
        health = new EventHealth();
        retryAt = Optional.of(now.plus(retryGap));
        Duration twice = retryGap.multipliedBy(2);
        retryGap = twice.compareTo(SLOWEST_RETRY) < 0 ? twice : SLOWEST_RETRY;
    }

    private void adopt() {
        source = candidate.orElseThrow();
        candidate = Optional.empty();
        health = new EventHealth();
        deaf = false;
        notices.accept(new WatchNotice.ModeChanged(source.mode()));
    }

    private void settle() {
        if (source.listening() || source.mode().kind() == WatchMode.Kind.POLLING) {
            settled.complete(source.mode());
        }
    }

    /** The rules are others: sources begin anew, in the mode they were in. */
    void renew() {
        if (source.mode().kind() != WatchMode.Kind.POLLING) {
            source.close();
            source = sources.get();
            source.start(hints.apply(source));
        }
        if (candidate.isPresent()) {
            candidate.get().close();
            candidate = Optional.of(sources.get());
            candidate.get().start(hints.apply(candidate.get()));
        }
    }

    /** Names lead to other folders than before. */
    void refresh() {
        source.refresh();
        candidate.ifPresent(ChangeSource::refresh);
    }

    /** From any thread. */
    @Override
    public void close() {
        candidate.ifPresent(ChangeSource::close);
        source.close();
    }
}
