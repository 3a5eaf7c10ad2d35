package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener which watched files have changed. Events of any source are only hints; what is delivered is the
 * difference between two stat scans. One thread owns everything; all public methods may be called from any thread and
 * return at once.
 *
 * <p>Files that changed after the moment given to {@link #start} and before the first scan are delivered as modified:
 * with the moment before the first launch, no later change is missed. A file deleted in between is simply not known.
 */
public final class Watcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<Integer> baseline = new CompletableFuture<>();
    private final WatchInbox inbox;
    private final Lookout lookout;
    private final WatchedFiles files;
    private final InstantSource clock;
    private final AtomicReference<WatchRules> rules;
    private final Thread thread = new Thread(this::run, "mesh-dev-watch");
    private volatile Instant startedAt = Instant.MAX;
    private boolean announced;

    /** @param sources a fresh source for the rules at every call */
    Watcher(WatchRules rules, Function<WatchRules, ChangeSource> sources, WatchListener listener, InstantSource clock,
            InstantSource fileTime) {
        this.rules = new AtomicReference<>(rules);
        this.inbox = new WatchInbox(clock);
        this.files = new WatchedFiles(rules, listener, fileTime);
        this.lookout = new Lookout(() -> sources.apply(this.rules.get()), inbox::hintsOf, files::tell);
        this.clock = clock;
    }

    /**
     * A watcher that has not started.
     *
     * @param polling  an interval to scan at instead of using events, with the words that say why
     * @param clock    monotonic
     * @param fileTime what file times are compared with: the system's wall clock
     */
    public static Watcher create(WatchRules rules, Optional<Polling> polling, WatchListener listener,
            InstantSource clock, InstantSource fileTime) {
        Function<WatchRules, ChangeSource> sources = polling.<Function<WatchRules, ChangeSource>>map(
                poll -> any -> new PollingChangeSource(poll.interval(), poll.reason())).orElse(NativeChangeSource::new);
        return new Watcher(rules, sources, listener, clock, fileTime);
    }

    /** The wish to poll, and who had it: {@code --poll}. */
    public record Polling(Duration interval, String reason) {
    }

    /**
     * Starts the thread, which first takes the baseline, then tells differences.
     *
     * @param since by the wall clock: what changed from then on is told as well, though before the baseline
     */
    public void start(Instant since) {
        startedAt = since;
        thread.setDaemon(true);
        thread.start();
    }

    /** Completed with the number of watched files when the first scan is done. */
    public CompletableFuture<Integer> baseline() {
        return baseline.copy();
    }

    /**
     * Looks at single files again, ahead of any scan, and replies on the watcher's thread with those that are not as
     * last delivered; they were delivered to the listener just before. An empty reply means that all are stable.
     */
    public void confirm(Collection<Path> paths, Consumer<List<Change>> reply) {
        if (!inbox.ask(new WatchInbox.Question(List.copyOf(paths), reply))) {
            log.error("too many questions wait for the watcher; one was dropped");
        }
    }

    /** Goes by other rules from now on: files that only these watch are taken as they are, and no other change is missed. */
    public void follow(WatchRules next) {
        inbox.follow(next);
    }

    public WatchMode mode() {
        return lookout.mode();
    }

    /** Completed with the mode as soon as events are told, or turn out not to work here. */
    public CompletableFuture<WatchMode> settledMode() {
        return lookout.settled();
    }

    /** What is known of all watched files at this moment. */
    public Snapshot snapshot() {
        return files.current();
    }

    /** Ends all threads, in a while; a scan under way may still deliver what it finds. */
    @Override
    public void close() {
        ended.countDown();
        lookout.close();
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            join();
        }
    }

    private void join() {
        try {
            thread.join(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing but {@link #close} ends this loop. */
    private void run() {
        ScanSchedule schedule = new ScanSchedule(clock.instant());
        while (!isClosed()) {
            try {
                turn(schedule);
            } catch (InterruptedException closing) {
                log.debug("the watcher was interrupted");
            } catch (OutOfMemoryError full) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, full); // ends the program, unless it passes
                schedule.failed(clock.instant());
            } catch (RuntimeException | Error broken) {
                log.error("file watching failed and is tried again", broken);
                schedule.failed(clock.instant());
            }
        }
        lookout.close(); // what was started while close was called
    }

    private void turn(ScanSchedule schedule) throws InterruptedException {
        if (!baseline.isDone()) {
            if (!ended.await(nanosUntil(schedule.next()), TimeUnit.NANOSECONDS)) {
                takeBaseline(schedule);
            }
            return;
        }
        Instant deadline = lookout.deadline().filter(schedule.next()::isAfter).orElse(schedule.next());
        inbox.await(nanosUntil(deadline));
        inbox.takeRules().ifPresent(next -> follow(next, schedule));
        takeHints(schedule);
        answer();
        tellRefused();
        chooseMode(schedule);
        if (!isClosed() && !schedule.next().isAfter(clock.instant())) {
            scan(schedule);
        }
    }

    private void follow(WatchRules next, ScanSchedule schedule) {
        rules.set(next);
        files.follow(next, schedule.seenAt(clock.instant()));
        lookout.renew();
    }

    private void chooseMode(ScanSchedule schedule) {
        WatchMode.Kind before = lookout.mode().kind();
        for (var failure = inbox.takeFailure(); failure.isPresent(); failure = inbox.takeFailure()) {
            lookout.failed(failure.get().source(), failure.get().reason(), clock.instant());
        }
        lookout.runDue(clock.instant());
        if (lookout.mode().kind() != before) {
            schedule.hinted(clock.instant()); // the next scan was planned for another mode, perhaps far away
        }
    }

    private long nanosUntil(Instant time) {
        return Duration.between(clock.instant(), time).toNanos();
    }

    private void takeBaseline(ScanSchedule schedule) {
        Instant begin = clock.instant();
        schedule.begin();
        files.baseline(startedAt, begin);
        schedule.done(begin, clock.instant(), true, false, lookout.mode());
        baseline.complete(files.current().files().size());
        lookout.start();
    }

    private void takeHints(ScanSchedule schedule) {
        Optional<Instant> hintedAt = inbox.takeHint();
        if (hintedAt.isPresent()) {
            boolean event = inbox.takeEvent();
            announced |= event;
            lookout.hinted(event);
            schedule.hinted(hintedAt.get());
            lookAtTouched(hintedAt.get());
        }
    }

    private void tellRefused() {
        List<Path> refused = inbox.takeRefused();
        if (!refused.isEmpty()) {
            files.tellRefused(refused, clock.instant());
        }
    }

    /** A long scan keeps nobody waiting; the hint itself stays in the inbox and asks for another scan. */
    private void betweenFolders() {
        answer();
        if (inbox.hasTouched()) {
            lookAtTouched(clock.instant());
        }
    }

    /** The few files that hints name are looked at first: in a big tree the scan that follows takes its time. */
    private void lookAtTouched(Instant seenAt) {
        if (!files.check(inbox.takeTouched(), seenAt).isEmpty()) {
            lookout.scanned(clock.instant(), true, true, true);
        }
    }

    private void scan(ScanSchedule schedule) {
        Instant begin = clock.instant();
        Instant seenAt = schedule.seenAt(begin);
        boolean asked = !schedule.isUnasked();
        boolean byEvent = announced;
        announced = false;
        schedule.begin();
        WatchedFiles.Outcome outcome = files.scan(seenAt, this::betweenFolders);
        schedule.done(begin, clock.instant(), outcome.changed(), outcome.settled(), lookout.mode());
        lookout.scanned(clock.instant(), outcome.changed(), asked || !outcome.eventful(), byEvent);
        if (outcome.rebound()) {
            lookout.refresh();
        }
    }

    private void answer() {
        for (Optional<WatchInbox.Question> next = inbox.takeQuestion(); next.isPresent(); next = inbox.takeQuestion()) {
            List<Change> changes = files.check(next.get().paths(), clock.instant());
            next.get().reply().accept(changes);
        }
    }

    private boolean isClosed() {
        return ended.getCount() == 0;
    }
}
