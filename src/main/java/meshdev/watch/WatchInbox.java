package meshdev.watch;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What waits for the watcher's thread. Bounded: however many hints come, one is kept, the earliest, with the first 16
 * files that are named; at most 1000 questions, 16 failures, 100 refused files and one set of rules wait. Anybody puts in,
 * without waiting; one thread takes
 * out.
 */
final class WatchInbox {
    private static final int MOST_TOUCHED = 16;
    private static final int MOST_QUESTIONS = 1000;
    private static final int MOST_FAILURES = 16;

    private final InstantSource clock;
    private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Optional<Instant>> hintedAt = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean event = new AtomicBoolean();
    private final Queue<Path> touched = new ArrayBlockingQueue<>(MOST_TOUCHED);
    private final Queue<Question> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final AtomicReference<Optional<WatchRules>> rules = new AtomicReference<>(Optional.empty());
    private final Queue<Failure> failures = new ArrayBlockingQueue<>(MOST_FAILURES);
    private final RefusedFiles refused;

    WatchInbox(InstantSource clock) {
        this.clock = clock;
        this.refused = new RefusedFiles(clock);
    }

    /** Files to be looked at again; the reply is called with those that differ. */
    record Question(List<Path> paths, Consumer<List<Change>> reply) {
    }

    /** A source that has given up. */
    record Failure(ChangeSource source, String reason) {
    }

    /** The hints of one source; one that is closed may go on to hint, which costs a scan. */
    ChangeSource.Hints hintsOf(ChangeSource source) {
        return new ChangeSource.Hints() {
            @Override
            public void changed() {
                event.set(true);
                hint();
            }

            @Override
            public void changed(Path file) {
                touched.offer(file);
                changed();
            }

            @Override
            public void refused(Path file) {
                if (refused.offer(file)) {
                    bell.offer(true);
                }
            }

            @Override
            public void unsure() {
                hint();
            }

            @Override
            public void failed(String reason) {
                failures.offer(new Failure(source, reason));
                bell.offer(true);
            }
        };
    }

    private void hint() {
        if (hintedAt.get().isEmpty()) {
            hintedAt.compareAndSet(Optional.empty(), Optional.of(clock.instant()));
        }
        bell.offer(true);
    }

    /** False when too many wait already; the reply will not be called then. */
    boolean ask(Question question) {
        boolean taken = questions.offer(question);
        bell.offer(true);
        return taken;
    }

    /** The rules to go by from now on; of several the last one counts. */
    void follow(WatchRules next) {
        rules.set(Optional.of(next));
        bell.offer(true);
    }

    Optional<WatchRules> takeRules() {
        return rules.getAndSet(Optional.empty());
    }

    /** Waits until there is something, but not longer than this; zero and less do not wait. */
    void await(long nanos) throws InterruptedException {
        bell.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** The earliest hint since last asked. */
    Optional<Instant> takeHint() {
        return hintedAt.getAndSet(Optional.empty());
    }

    /** Whether a hint since last asked was an event. */
    boolean takeEvent() {
        return event.getAndSet(false);
    }

    boolean hasTouched() {
        return !touched.isEmpty();
    }

    /** The files that hints named, each once. */
    List<Path> takeTouched() {
        List<Path> paths = new ArrayList<>();
        for (Path path = touched.poll(); path != null; path = touched.poll()) {
            if (!paths.contains(path)) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** The files that are not watched and that hints named. */
    List<Path> takeRefused() {
        return refused.take();
    }

    Optional<Question> takeQuestion() {
        return Optional.ofNullable(questions.poll());
    }

    Optional<Failure> takeFailure() {
        return Optional.ofNullable(failures.poll());
    }
}
