package meshdev.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import meshdev.process.RefusedThread;
import org.slf4j.LoggerFactory;

/**
 * Looks in the registry for agents that were launched, and takes out of it those that cannot do so themselves any more. One
 * thread asks the registry, and only as long as somebody waits; all methods may be called from any thread and return at once.
 */
public final class Registrations implements AutoCloseable {
    private static final Duration EAGER = Duration.ofSeconds(3);
    private static final long EAGER_PAUSE_MILLIS = 50;
    private static final long PAUSE_MILLIS = 250;
    /** An agent that ends takes leave some time within its last moments. */
    private static final long KEEPING_PAUSE_MILLIS = 20;
    private static final long REFUSED_PAUSE_MILLIS = 500;
    /** So long before an agent was seen to serve it may have registered. */
    private static final Duration AT_ONCE = Duration.ofMillis(50);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Rows registry;
    private final Supplier<Standing.Kind> standing;
    private final InstantSource clock;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::run, "registrations", 0);
    /** By agent; what was in the registry when its newest process began. */
    private final Map<String, Before> before = new HashMap<>();
    /** By agent of which that is not known yet: what was in the registry earlier, if that is. */
    private final Map<String, Optional<List<RegistryRow>>> unknown = new HashMap<>();
    /** Agents whose newest process begins. */
    private final Set<String> launches = ConcurrentHashMap.newKeySet();
    /** By agent: the id that it registered by, where that does not tell whose it is. */
    private final Map<String, String> aliases = new HashMap<>();
    private final List<Wait> waits = new ArrayList<>();
    private final RegistrationHistory history = new RegistrationHistory();
    private final KeptPlaces places;
    private final Farewells farewells = new Farewells();
    /** What the registry told last, and when. */
    private volatile Optional<List<RegistryRow>> last = Optional.empty();
    private Instant answeredAt = Instant.MIN;
    private boolean closed;

    /** What is asked of a registry. */
    public interface Rows {
        List<RegistryRow> rows() throws IOException;

        void remove(String id) throws IOException;

        /** What {@link #take} needs to put the agent back; empty when there is no need for it. */
        Optional<Place> place(String id) throws IOException;

        /** Says an agent's heartbeat in its name. */
        void take(Place place) throws IOException;
    }

    /** Hears how a wait ended, on another thread. */
    public interface Listener {
        /** Once at most, perhaps after {@link #notRegistered}. */
        void registered();

        /**
         * Once at most.
         *
         * @param late for so long it was waited for in vain, now or earlier; empty when no registry said so
         */
        void notRegistered(Optional<Duration> late);
    }

    /** @param vain it was told that the agent did not register; some time it is still looked for */
    private record Wait(Registrant agent, Instant since, Listener listener, boolean vain) {
        Wait inVain() {
            return new Wait(agent, since, listener, true);
        }
    }

    /** What the registry said right after a launch, and what it had said earlier: it may have been asked too late. */
    private record Before(List<RegistryRow> rows, Instant readAt, Optional<List<RegistryRow>> earlier) {
        static final Before NOTHING = new Before(List.of(), Instant.MIN, Optional.empty());

        List<RegistryRow> of(Instant serving) {
            boolean late = readAt.isAfter(serving.minus(AT_ONCE));
            return late ? earlier.orElse(rows) : rows;
        }

    }

    /**
     * @param registry blocks, within limits
     * @param standing what is at the registry's URL; asked before each look
     * @param clock    monotonic
     */
    public Registrations(Rows registry, Supplier<Standing.Kind> standing, InstantSource clock) {
        this.registry = registry;
        this.standing = standing;
        this.clock = clock;
        this.places = new KeptPlaces(registry, clock);
    }

    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    /** A process of the agent begins: what the registry says of it by now is of an earlier one. */
    public void launched(String agent) {
        launches.add(agent);
        Optional<List<RegistryRow>> earlier = last;
        inbox.add(() -> {
            launches.remove(agent);
            waits.removeIf(one -> one.agent().name().equals(agent));
            places.release(agent);
            farewells.cancel(agent);
            before.remove(agent);
            unknown.put(agent, places.isOurs(agent) ? last : earlier);
            rows();
        });
    }

    /** Tells when the agent is in the registry as it runs now; at once when an earlier wait for it was in vain. */
    public void await(Registrant agent, Listener listener) {
        Instant since = clock.instant();
        inbox.add(() -> {
            boolean hopeless = history.isSilent(agent, before.getOrDefault(agent.name(), Before.NOTHING).rows()) || isNoRegistry();
            if (hopeless) {
                listener.notRegistered(late(agent.name()));
            }
            waits.add(new Wait(agent, since, listener, hopeless));
        });
    }

    /** The agent is being restarted: when it takes leave, its place is kept until its next process begins. */
    public void keepPlace(Registrant agent) {
        inbox.add(() -> {
            if (standing.get().isRegistry()) {
                places.keep(agent);
            }
        });
    }

    /** It did not come back as expected: a place that was kept for it is given up. */
    public void lost(Registrant agent) {
        inbox.add(() -> giveUpPlace(agent));
    }

    private void giveUpPlace(Registrant agent) {
        if (places.giveUp(agent.name())) {
            remove(agent.id());
        }
    }

    /** A process of the agent had to be killed, or ended for good. */
    public void farewell(Registrant agent, Farewell.Successor successor) {
        inbox.add(() -> {
            if (successor == Farewell.Successor.NONE) {
                giveUpPlace(agent);
            }
            Optional<String> alias = Optional.ofNullable(aliases.remove(agent.name()));
            farewells.add(agent.name(), new Farewell(agent, alias), successor, clock.instant());
            rows();
        });
    }

    private boolean remove(String id) {
        try {
            registry.remove(id);
            LoggerFactory.getLogger(Registrations.class).info("took {} out of the registry: its process is gone", id);
            return true;
        } catch (IOException e) {
            LoggerFactory.getLogger(Registrations.class).warn("{} is still in the registry: {}", id, e.toString());
            return false;
        }
    }

    /** Does what was asked for before, within a limit. */
    @Override
    public void close() {
        inbox.add(() -> closed = true);
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            Optional<Runnable> request = isIdle() ? Optional.of(inbox.take())
                    : Optional.ofNullable(inbox.poll(pauseMillis(), TimeUnit.MILLISECONDS));
            request.ifPresent(Runnable::run);
            look();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Registrations.class).error("could not look who is registered", e);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            never.await(REFUSED_PAUSE_MILLIS, TimeUnit.MILLISECONDS); // calls need threads of the JDK's
        }
    }

    private boolean isIdle() {
        return waits.isEmpty() && places.isIdle() && unknown.isEmpty() && farewells.isIdle();
    }

    private long pauseMillis() {
        if (!places.isIdle()) {
            return KEEPING_PAUSE_MILLIS;
        }
        Instant now = clock.instant();
        boolean eager = waits.stream().anyMatch(one -> now.isBefore(one.since().plus(EAGER)));
        return eager ? EAGER_PAUSE_MILLIS : PAUSE_MILLIS;
    }

    private void look() {
        if (isIdle()) {
            return;
        }
        Instant now = clock.instant(); // before the answer: what is late by now was asked for after its time was over
        List<RegistryRow> told = rows();
        List<RegistryRow> rows = places.look(told, launches) ? rows() : told;
        farewells.expire(now);
        List<Wait> looked = List.copyOf(waits);
        waits.clear();
        looked.forEach(one -> afterLook(one, rows, now).ifPresent(waits::add));
    }

    /** What is still to be waited for. */
    private Optional<Wait> afterLook(Wait one, List<RegistryRow> rows, Instant now) {
        String name = one.agent().name();
        Optional<RegistryRow> own = new Registered(one.agent(), before.getOrDefault(name, Before.NOTHING).of(one.since())).in(rows);
        if (own.isPresent()) {
            isIn(one, own.get());
            return Optional.empty();
        }
        Instant end = one.since().plus(one.vain() ? RegistrationHistory.LIMIT : history.limit(name));
        if (now.isBefore(end)) {
            return Optional.of(one);
        }
        if (one.vain()) {
            return Optional.empty();
        }
        if (!answeredAt.isBefore(end) && !isNoRegistry()) {
            history.missed(one.agent(), rows);
        }
        one.listener().notRegistered(late(name));
        return Optional.of(one.inVain());
    }

    private Optional<Duration> late(String agent) {
        return isNoRegistry() ? Optional.empty() : history.waitedInVain(agent);
    }

    private void isIn(Wait one, RegistryRow own) {
        String name = one.agent().name();
        history.registered(name);
        if (one.agent().isNamedBy(own)) {
            aliases.remove(name);
        } else {
            aliases.put(name, own.id());
        }
        places.settle(name).ifPresent(this::remove);
        one.listener().registered();
    }

    /** None that agents could be in, and none in sight. */
    private boolean isNoRegistry() {
        Standing.Kind kind = standing.get();
        return kind == Standing.Kind.FOREIGN || kind == Standing.Kind.UNREACHABLE;
    }

    private List<RegistryRow> rows() {
        if (!standing.get().isRegistry()) {
            unknown.clear(); // nobody is in what comes there later
            last = Optional.empty();
            return List.of();
        }
        try {
            List<RegistryRow> rows = registry.rows();
            answeredAt = clock.instant();
            last = Optional.of(rows);
            unknown.forEach((agent, earlier) -> before.put(agent, new Before(rows, answeredAt, earlier)));
            unknown.clear();
            farewells.say(rows, this::remove);
            return rows;
        } catch (IOException e) {
            return List.of(); // it is asked again
        }
    }
}
