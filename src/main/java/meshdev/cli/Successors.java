package meshdev.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import meshdev.process.AgentProcess;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.Processes;
import meshdev.python.Inspector;
import meshdev.python.Runner;
import meshdev.python.Successor;
import meshdev.supervise.AgentLauncher.Order;
import org.slf4j.LoggerFactory;

/**
 * The interpreters that wait to become agents: when one is started, how long it may wait, and what it becomes. Thread-safe;
 * what takes a while happens on threads of its own.
 */
final class Successors implements AutoCloseable {
    /** After an agent is ready, before the next one is started for it: its own start comes first. */
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** What was loaded longer ago may remember a time that is past. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    /** An agent that takes so long to get ready may one day have to be told why. */
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int MOST_IMPORTS = 10;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Processes processes;
    private final Place place;
    private final Inspector inspector;
    private final Reserve reserve;
    private final SuccessorNews news;
    private final InstantSource clock;
    private final LaterTasks tasks = new LaterTasks();

    /**
     * @param library with {@code runner.py}
     * @param records where to keep what agents import
     */
    record Place(Path library, Path records) {
    }

    /** What is to be had for waiting; asked anew each time, since settings change. */
    interface Reserve {
        /** Quiet time before a reload: what takes no longer need not wait for it. */
        Duration quietTime();

        long kilobytes();
    }

    /**
     * How an agent is to be launched.
     *
     * @param spec      what holds for more than one launch
     * @param variables of this one
     * @param specs     of the launches after it
     */
    record Recipe(LaunchSpec spec, Map<String, String> variables, Successor.Manner manner, Specs specs) {
    }

    /** Tells how an agent would be launched now. */
    interface Specs {
        /** @param port the one the agent has */
        LaunchSpec next(String agent, OptionalInt port);
    }

    /**
     * A process that was launched.
     *
     * @param warm whether modules had been imported beforehand
     */
    record Launch(AgentProcess process, boolean warm) {
    }

    /** An agent's successor and how the agent was last launched. */
    private static final class Entry {
        private final Successor successor;
        /** Counts what was wished of the successor: a wish that was overtaken is not carried out. */
        private final AtomicLong wishes = new AtomicLong();
        private volatile CompletableFuture<Void> warming = CompletableFuture.completedFuture(null);
        private volatile Specs specs;
        private volatile OptionalInt port = OptionalInt.empty();
        private volatile Successor.Manner manner;
        private volatile Instant launchedAt = Instant.MAX;
        private volatile boolean slow;
        /** Whether somebody will look how long the successor has waited. */
        private final AtomicBoolean looks = new AtomicBoolean();
        private final Pace pace = new Pace();

        private Entry(Successor successor) {
            this.successor = successor;
        }

        private void launched(Specs next, Successor.Manner as, Instant at) {
            specs = next;
            manner = as;
            launchedAt = at;
        }

        private Successor.Manner manner(Successor.Manner usual) {
            return slow ? usual.recorded() : usual;
        }
    }

    Successors(Processes processes, Place place, Inspector inspector, Reserve reserve, SuccessorNews news,
            InstantSource clock) {
        this.processes = processes;
        this.place = place;
        this.inspector = inspector;
        this.reserve = reserve;
        this.news = news;
        this.clock = clock;
    }

    private Entry entry(String agent) {
        return entries.computeIfAbsent(agent, name -> new Entry(new Successor(place.records().resolve(name + ".imports"),
                new Successor.Surroundings((cold, task) -> new Runner(cold, place.library(), task, processes), inspector::surfaces,
                        more -> held() + more <= reserve.kilobytes(), why -> news.fellBack(name, why), clock))));
    }

    private long held() {
        return entries.values().stream().mapToLong(entry -> entry.successor.held()).sum();
    }

    /** Starts an interpreter for an agent, unless one waits that fits, and has it look at what changed. Returns at once. */
    void warm(LaunchSpec spec, Successor.Manner manner, Set<Path> changed) {
        Entry entry = entry(spec.name());
        long wish = entry.wishes.incrementAndGet();
        entry.warming = tasks.later(Duration.ZERO, () -> {
            if (entry.wishes.get() == wish) {
                Successor.Manner how = entry.manner(manner);
                makeRoom(how);
                if (isWorthwhile(entry)) {
                    entry.pace.changed(entry.successor.preloaded(), clock.instant());
                }
                entry.successor.warm(spec, how);
                entry.successor.foresee(changed);
            }
        });
    }

    /** What agents import is kept in a folder of the user's own. */
    private void makeRoom(Successor.Manner manner) {
        try {
            if (manner.records() && !Files.isDirectory(place.records())) {
                Files.createDirectories(place.records(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Successors.class).warn("what agents import cannot be kept in {}", place.records(), e);
        }
    }

    /**
     * No launch is in sight for an agent.
     *
     * @param over whether no change will bring one either; else one that is worth while to have goes on waiting
     */
    void cool(String agent, boolean over) {
        Entry entry = entries.get(agent);
        if (entry != null && (over || !isWorthwhile(entry))) {
            entry.wishes.incrementAndGet();
            tasks.later(Duration.ZERO, () -> {
                entry.successor.cool();
                tell(agent, entry);
            });
        }
    }

    /** The interpreter that waits for an agent, if it can be asked by now. */
    Optional<Runner> ready(String agent) {
        return Optional.ofNullable(entries.get(agent)).flatMap(entry -> entry.successor.ready());
    }

    /** Completed, never with a failure, when the agent's successor can go, as far as there is one. */
    CompletableFuture<Void> settle(String agent, Set<Path> changed) {
        Entry entry = entries.get(agent);
        return entry == null ? CompletableFuture.completedFuture(null)
                : entry.warming.thenCompose(warmed -> entry.successor.settle(changed));
    }

    /**
     * Runs an agent: by the interpreter that waits for it, or by a new one.
     *
     * @throws LaunchException when nothing could be started
     */
    Launch launch(Order order, Recipe recipe, LaunchReport report) throws LaunchException {
        LaunchSpec spec = recipe.spec();
        Successor.Manner usual = recipe.manner();
        if (!entries.containsKey(order.agent()) && !usual.needsRunner()) {
            AgentProcess process = processes.start(spec.with(recipe.variables()), report);
            entry(order.agent()).launched(recipe.specs(), usual, clock.instant());
            return new Launch(process, false);
        }
        Entry entry = entry(order.agent());
        Successor.Manner manner = entry.manner(usual);
        entry.wishes.incrementAndGet();
        entry.launched(recipe.specs(), manner, clock.instant());
        Optional<Runner> waiting = order.cold() ? Optional.empty() : entry.successor.take(spec, manner);
        tell(order.agent(), entry);
        if (waiting.isPresent()) {
            Optional<AgentProcess> process = waiting.get().go(recipe.variables(), report);
            if (process.isPresent()) {
                return new Launch(process.get(), waiting.get().readiness().join().preloaded() > 0);
            }
        }
        if (!manner.needsRunner()) {
            return new Launch(processes.start(spec.with(recipe.variables()), report), false);
        }
        makeRoom(manner);
        Runner runner = entry.successor.launch(spec, manner);
        return new Launch(runner.go(recipe.variables(), report).orElseThrow(() -> new LaunchException("the interpreter ended at once")), false);
    }

    /** An agent is ready: what it imported is learned, and the next one begins to wait when it takes long to import. */
    void up(Order order, OptionalInt port) {
        Entry entry = entries.get(order.agent());
        if (entry == null) {
            return;
        }
        entry.slow |= Duration.between(entry.launchedAt, clock.instant()).compareTo(SLOW) > 0;
        if (!entry.manner.records()) {
            return;
        }
        Instant upAt = clock.instant();
        long wish = entry.wishes.get();
        entry.port = port.isPresent() ? port : order.port();
        tasks.later(PAUSE, () -> {
            entry.successor.learn(upAt);
            if (order.cold()) {
                entry.successor.distrust("it ended when they had been imported beforehand, and did not without that");
            }
            news.imported(order.agent(), entry.successor.slowest(MOST_IMPORTS));
            if (entry.wishes.get() == wish) {
                stay(order.agent(), entry);
            }
        });
    }

    private void stay(String agent, Entry entry) {
        if (isWorthwhile(entry)) {
            entry.successor.warm(entry.specs.next(agent, entry.port), entry.manner);
            tell(agent, entry);
            renewInTime(agent, entry);
            if (entry.pace.wanted(clock.instant()) > 1) {
                entry.successor.preloading().stream().findFirst().ifPresent(first -> first.readiness()
                        .thenRun(() -> tasks.later(Duration.ZERO, () -> another(agent, entry))));
            }
        }
    }

    private void another(String agent, Entry entry) {
        entry.successor.warmAnother();
        tell(agent, entry);
    }

    /** Whoever tells last tells how it is: looking and telling are one step. */
    private void tell(String agent, Entry entry) {
        synchronized (entry) {
            news.stay(agent, entry.successor.preloading().stream().map(Runner::pid).toList());
        }
    }

    /** One look for each agent is due at a time, however often its successor was another meanwhile. */
    private void renewInTime(String agent, Entry entry) {
        Optional<Instant> due = renewalDue(entry);
        if (due.isPresent() && entry.looks.compareAndSet(false, true)) {
            tasks.later(Duration.between(clock.instant(), due.get()), () -> look(agent, entry));
        }
    }

    /** When the successor that waits will have waited too long; empty when none does. */
    private static Optional<Instant> renewalDue(Entry entry) {
        return entry.successor.since().map(since -> since.plus(LONGEST_WAIT));
    }

    private void look(String agent, Entry entry) {
        entry.looks.set(false);
        Optional<Instant> due = renewalDue(entry);
        if (due.isPresent() && !clock.instant().isBefore(due.get())) {
            entry.successor.cool();
            stay(agent, entry);
        } else {
            renewInTime(agent, entry);
        }
    }

    private boolean isWorthwhile(Entry entry) {
        return entry.manner != null && entry.manner.refresh() && entry.successor.warmUp().compareTo(reserve.quietTime()) > 0;
    }

    @Override
    public void close() {
        tasks.close();
        entries.values().forEach(entry -> entry.successor.cool());
    }
}
