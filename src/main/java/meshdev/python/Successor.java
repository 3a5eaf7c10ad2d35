package meshdev.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interpreter that waits to become one agent, with what is known of that agent's imports. Thread-safe; {@link #warm},
 * {@link #launch} and {@link #learn} may take a while. Whatever goes wrong costs the preloading, or the successor itself: then
 * the agent is launched cold.
 */
public final class Successor {
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);
    private static final Duration MOST_LIMIT = Duration.ofSeconds(50);
    private static final int LIMIT_FACTOR = 3;

    private final Path record;
    private final Surroundings surroundings;
    private final ImportMemory memory = new ImportMemory();
    private final WaitingLine line = new WaitingLine();
    /** The first that waits was found fit for the sources as they are. */
    private boolean settled;

    /**
     * How an agent is run.
     *
     * @param refresh    imports are made beforehand
     * @param records    what it imports is kept; always so with {@code refresh}, which preloads it the next time
     * @param terminable SIGTERM ends it as {@code sys.exit()} would
     */
    public record Manner(boolean refresh, boolean records, boolean terminable) {
        public Manner {
            records |= refresh;
        }

        /** The same, and what it imports is kept. */
        public Manner recorded() {
            return new Manner(refresh, true, terminable);
        }

        /** Whether even a launch that nobody prepared needs a runner. */
        public boolean needsRunner() {
            return records || terminable;
        }
    }

    /**
     * What the successor of an agent needs.
     *
     * @param starter  starts interpreters
     * @param surfaces reads the import surfaces of sources as they are now; may take seconds
     * @param room     whether there is memory for so many more kilobytes of preloaded modules
     * @param fallback told, for users, why modules are not preloaded
     * @param clock    monotonic
     */
    public record Surroundings(Starter starter, Function<List<Path>, Map<Path, String>> surfaces, LongPredicate room,
            Consumer<String> fallback, InstantSource clock) {
    }

    /** Starts interpreters that wait. */
    public interface Starter {
        /** @throws LaunchException when it could not be started */
        Runner start(LaunchSpec cold, Runner.Task task) throws LaunchException;
    }

    /** @param record where to keep what the agent imports; its folder exists */
    public Successor(Path record, Surroundings surroundings) {
        this.record = record;
        this.surroundings = surroundings;
    }

    /** Starts an interpreter for the agent, unless one that fits waits already. */
    public synchronized void warm(LaunchSpec cold, Manner manner) {
        settled = false;
        if (line.first().filter(first -> !first.fits(cold, manner)).isPresent()) {
            line.end();
        }
        if (line.first().isEmpty()) {
            start(cold, manner, manner.refresh() && mayPreload());
        }
    }

    /** Starts another one behind the only one that waits with its modules, if there is room: for reloads in quick succession. */
    public synchronized void warmAnother() {
        List<Waiting> all = line.all();
        if (all.size() == 1 && all.get(0).isPreloaded() && memory.usable().isPresent() && surroundings.room().test(memory.kilobytes())) {
            start(all.get(0).cold(), all.get(0).manner(), true);
        }
    }

    /** Lets the interpreter that waits look at sources now, so that it answers at once when it is asked about them. */
    public void foresee(Set<Path> changed) {
        first().ifPresent(one -> one.runner().foresee(sources(changed), one.preloads()));
    }

    private static List<Path> sources(Set<Path> files) {
        return files.stream().filter(file -> file.toString().endsWith(".py")).toList();
    }

    private boolean mayPreload() {
        if (memory.usable().isPresent() && !surroundings.room().test(memory.kilobytes())) {
            surroundings.fallback().accept("its modules exceed the memory for successors (standby_memory)");
            return false;
        }
        memory.distrusted().ifPresent(surroundings.fallback());
        return memory.usable().isPresent();
    }

    private void start(LaunchSpec cold, Manner manner, boolean preloads) {
        try {
            Runner runner = surroundings.starter().start(cold, task(manner, preloads));
            Waiting started = new Waiting(runner, cold, manner, preloads, Waiting.executable(cold), surroundings.clock().instant());
            line.add(started, preloads ? memory.kilobytes() : 0);
            runner.readiness().thenAccept(readiness -> became(started, readiness));
        } catch (LaunchException e) {
            log().info("no successor of {}: {}", cold.name(), e.getMessage());
        }
    }

    private Runner.Task task(Manner manner, boolean preloads) {
        return new Runner.Task(preloads ? memory.usable().map(Learned::record) : Optional.empty(),
                records(manner, preloads) ? Optional.of(record) : Optional.empty(), manner.terminable());
    }

    private static boolean records(Manner manner, boolean preloads) {
        return !preloads && manner.records();
    }

    private synchronized void became(Waiting one, Runner.Readiness readiness) {
        if (one.preloads() && readiness.isFit()) {
            memory.preloaded(Duration.between(one.since(), surroundings.clock().instant()), readiness.kilobytes());
            line.weighs(one, readiness.kilobytes());
        }
        log().debug("successor of {}: {}", one.cold().name(), readiness);
    }

    /** The interpreter that waits, if it can be asked by now. */
    public synchronized Optional<Runner> ready() {
        return line.first().map(Waiting::runner).filter(Runner::isReady);
    }

    /** Those that wait with modules preloaded, or are about to; the first is the next one to be used. */
    public synchronized List<Runner> preloading() {
        return line.all().stream().filter(Waiting::preloads).map(Waiting::runner).toList();
    }

    /** How many wait with their modules imported. */
    public synchronized int preloaded() {
        return (int) line.all().stream().filter(Waiting::isPreloaded).count();
    }

    /** How much memory modules take that wait to be used, in kilobytes. */
    public long held() {
        return line.kilobytes();
    }

    /** How long preloading takes; zero as long as nothing may be preloaded. */
    public synchronized Duration warmUp() {
        return memory.usable().isPresent() ? memory.warmUp() : Duration.ZERO;
    }

    /** When the interpreter that waits was started. */
    public synchronized Optional<Instant> since() {
        return line.first().map(Waiting::since);
    }

    private synchronized Optional<Waiting> first() {
        return line.first();
    }

    /**
     * Completed, never with a failure, when the interpreter can go, as far as there is one.
     *
     * @param changed what the agent is reloaded for: sources and other files
     */
    public CompletableFuture<Void> settle(Set<Path> changed) {
        Optional<Waiting> one = first();
        if (one.isEmpty()) {
            return done();
        }
        return ready(one.get()).thenCompose(readiness -> readiness.isFit() ? verify(one.get(), changed, readiness)
                : unfit(one.get(), readiness.note())).thenRun(this::settled);
    }

    private synchronized void settled() {
        settled = true;
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Runner.Readiness> ready(Waiting one) {
        Duration limit = warmUp().multipliedBy(LIMIT_FACTOR);
        limit = limit.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : limit.compareTo(MOST_LIMIT) > 0 ? MOST_LIMIT : limit;
        Runner.Readiness late = new Runner.Readiness(false, 0, 0, "importing beforehand took more than " + limit.toSeconds() + " s");
        return one.runner().readiness().copy().completeOnTimeout(late, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> verify(Waiting one, Set<Path> changed, Runner.Readiness readiness) {
        CompletableFuture<Optional<String>> doubt = one.preloads() ? contradiction(one.runner(), changed)
                : CompletableFuture.completedFuture(Optional.empty());
        return doubt.thenCombine(one.runner().staleness(), (older, stale) -> older.or(() -> stale))
                .exceptionally(error -> Optional.of("it did not answer in time"))
                .thenCompose(reason -> {
                    if (reason.isPresent()) {
                        return replace(one, reason.get());
                    }
                    if (!readiness.note().isEmpty()) {
                        surroundings.fallback().accept(readiness.note());
                    }
                    return done();
                });
    }

    private CompletableFuture<Optional<String>> contradiction(Runner runner, Set<Path> changed) {
        return runner.surfaces(sources(changed)).thenApply(now -> {
            synchronized (this) {
                return memory.contradiction(changed, now);
            }
        });
    }

    private CompletableFuture<Void> unfit(Waiting one, String why) {
        if (one.preloads()) {
            synchronized (this) {
                memory.distrust(why);
            }
        }
        return replace(one, why);
    }

    /** Another one, with nothing preloaded. */
    private CompletableFuture<Void> replace(Waiting one, String why) {
        synchronized (this) {
            if (line.first().filter(first -> first == one).isEmpty()) {
                return done();
            }
            line.end();
            if (one.preloads()) {
                surroundings.fallback().accept(why);
            }
            start(one.cold(), one.manner(), false);
        }
        return first().map(this::ready).orElse(CompletableFuture.completedFuture(null)).thenAccept(readiness -> { });
    }

    /**
     * Hands out the interpreter that can become the agent as it is to be launched, if it was {@link #settle settled}; else none
     * waits any more.
     */
    public synchronized Optional<Runner> take(LaunchSpec cold, Manner manner) {
        Optional<Waiting> taken = line.first().filter(one -> settled && one.fits(cold, manner) && one.runner().isReady());
        if (taken.isEmpty()) {
            line.end();
            return Optional.empty();
        }
        line.removeFirst();
        settled = false;
        memory.launched(records(manner, taken.get().preloads()));
        return Optional.of(taken.get().runner());
    }

    /** Starts an interpreter that is to become the agent at once. @throws LaunchException when it could not be started */
    public synchronized Runner launch(LaunchSpec cold, Manner manner) throws LaunchException {
        line.end();
        memory.launched(records(manner, false));
        return surroundings.starter().start(cold, task(manner, false));
    }

    /**
     * The agent is up: what it imported is known now, if that was kept.
     *
     * @param upAt by the monotonic clock
     */
    public void learn(Instant upAt) {
        if (!takeRecording()) {
            return;
        }
        try {
            Learned learned = Learned.from(record, nanos(upAt), surroundings.surfaces());
            synchronized (this) {
                memory.learn(learned);
            }
        } catch (IOException e) {
            log().debug("nothing was recorded in {}", record, e);
        }
    }

    /** Java's monotonic clock is Python's, but for where the supervisor's instants begin. */
    private static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }

    private synchronized boolean takeRecording() {
        return memory.takeRecording();
    }

    /** It died with modules imported beforehand and lives without: nothing is preloaded, as long as its imports are the same. */
    public synchronized void distrust(String why) {
        memory.distrust(why);
        line.end();
    }

    /** The slowest imports of the last recorded run, slowest first; none when they are not known. */
    public synchronized List<SlowImport> slowest(int most) {
        return memory.imports().stream().sorted(Comparator.comparing(SlowImport::took).reversed()).limit(most).toList();
    }

    /** Ends the interpreter that waits. */
    public synchronized void cool() {
        line.end();
    }

    /** Asked for when there is something to log: agents are launched before there is a log. */
    private static Logger log() {
        return LoggerFactory.getLogger(Successor.class);
    }
}
