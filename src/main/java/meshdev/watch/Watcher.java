package meshdev.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
    private static final Duration FALLBACK_INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_TOUCHED = 16;

    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final Queue<Path> touched = new LinkedBlockingQueue<>(MOST_TOUCHED);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean hintPosted = new AtomicBoolean();
    private final CompletableFuture<Integer> baseline = new CompletableFuture<>();
    private final WatchedFiles files;
    private final WatchListener listener;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "mesh-dev-watch");
    private volatile ChangeSource source;
    private volatile Instant startedAt = Instant.MAX;

    Watcher(WatchRules rules, ChangeSource source, WatchListener listener, InstantSource clock, InstantSource fileTime) {
        this.files = new WatchedFiles(rules, listener, fileTime);
        this.source = source;
        this.listener = listener;
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
        ChangeSource source = polling.<ChangeSource>map(poll -> new PollingChangeSource(poll.interval(), poll.reason()))
                .orElseGet(() -> new NativeChangeSource(rules));
        return new Watcher(rules, source, listener, clock, fileTime);
    }

    /** The wish to poll, and who had it: {@code --poll}. */
    public record Polling(Duration interval, String reason) {
    }

    private sealed interface Message {
    }

    private record Hinted(Instant at) implements Message {
    }

    private record SourceFailed(String reason) implements Message {
    }

    /** There are questions; they have a queue of their own, because a long scan answers them in between. */
    private record Asked() implements Message {
    }

    private record Question(List<Path> paths, Consumer<List<Change>> reply) {
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
        questions.add(new Question(List.copyOf(paths), reply));
        inbox.add(new Asked());
    }

    public WatchMode mode() {
        return source.mode();
    }

    /** What is known of all watched files at this moment. */
    public Snapshot snapshot() {
        return files.current();
    }

    /** Ends all threads; nothing is delivered after it has returned. */
    @Override
    public void close() {
        ended.countDown();
        source.close();
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

    private void run() {
        ScanSchedule schedule = new ScanSchedule(clock.instant());
        while (!isClosed()) {
            try {
                turn(schedule);
            } catch (InterruptedException closing) {
                return;
            } catch (RuntimeException | Error broken) {
                log.error("file watching failed and is tried again", broken);
                schedule.failed(clock.instant());
            }
        }
    }

    private void turn(ScanSchedule schedule) throws InterruptedException {
        Duration wait = Duration.between(clock.instant(), schedule.next());
        if (!baseline.isDone()) {
            if (!ended.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                takeBaseline(schedule);
            }
            return;
        }
        Message message = inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (message != null) {
            handle(message, schedule);
        } else if (!schedule.next().isAfter(clock.instant())) {
            scan(schedule);
        }
    }

    private void takeBaseline(ScanSchedule schedule) {
        Instant begin = clock.instant();
        schedule.begin();
        files.baseline(startedAt, begin);
        schedule.done(begin, clock.instant(), true, false, source.mode());
        baseline.complete(files.current().files().size());
        source.start(new Inbox());
    }

    private void handle(Message message, ScanSchedule schedule) {
        if (message instanceof Hinted hint) {
            hintPosted.set(false);
            schedule.hinted(hint.at());
            lookAtTouched(hint.at());
        } else if (message instanceof SourceFailed failed) {
            pollFromNowOn(failed.reason());
        } else {
            answer();
        }
    }

    /** A long scan keeps nobody waiting; the hint itself stays in the inbox and asks for another scan. */
    private void betweenFolders() {
        answer();
        if (!touched.isEmpty()) {
            lookAtTouched(clock.instant());
        }
    }

    /** The few files that hints name are looked at first: in a big tree the scan that follows takes its time. */
    private void lookAtTouched(Instant seenAt) {
        Set<Path> paths = new LinkedHashSet<>();
        for (Path path = touched.poll(); path != null; path = touched.poll()) {
            paths.add(path);
        }
        files.check(List.copyOf(paths), seenAt);
    }

    private void scan(ScanSchedule schedule) {
        Instant begin = clock.instant();
        Instant seenAt = schedule.seenAt(begin);
        schedule.begin();
        WatchedFiles.Outcome outcome = files.scan(seenAt, this::betweenFolders);
        schedule.done(begin, clock.instant(), outcome.changed(), outcome.settled(), source.mode());
        if (outcome.rebound()) {
            source.refresh();
        }
    }

    private void answer() {
        for (Question question = questions.poll(); question != null; question = questions.poll()) {
            List<Change> changes = files.check(question.paths(), clock.instant());
            question.reply().accept(changes);
        }
    }

    private void pollFromNowOn(String reason) {
        source.close();
        source = new PollingChangeSource(FALLBACK_INTERVAL, reason);
        files.tell(new WatchNotice.ModeChanged(source.mode()));
    }

    private boolean isClosed() {
        return ended.getCount() == 0;
    }

    private final class Inbox implements ChangeSource.Hints {
        @Override
        public void changed() {
            if (hintPosted.compareAndSet(false, true)) {
                inbox.add(new Hinted(clock.instant()));
            }
        }

        @Override
        public void changed(Path file) {
            touched.offer(file);
            changed();
        }

        @Override
        public void failed(String reason) {
            inbox.add(new SourceFailed(reason));
        }
    }
}
