package meshdev.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meshdev.process.RefusedThread;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a registry answers at the URL, if that can be seen to: has {@link KeeperMachine} decide and {@link Errands} do
 * it, on a thread of its own. {@link #standing}, {@link #hurry} and {@link #close} may be called from any thread.
 */
public final class RegistryKeeper implements AutoCloseable {
    /** The program's grace and its killing, and one look that may be under way. */
    private static final Duration CLOSE_LIMIT = KeeperMachine.GRACE.plus(KeeperMachine.KILL_LIMIT).plusSeconds(3);
    /** After an error of ours, which must not be repeated at once for ever. */
    private static final long FAULT_PAUSE_MILLIS = 1000;

    private final String url;
    private final InstantSource clock;
    private final KeeperMachine machine;
    private final Errands errands;
    private final BlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
    private final OwnRegistry.Witness witness = new Witness();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::run, "registry", 0);
    private volatile Standing standing;

    /** What happens while nobody looks. */
    @FunctionalInterface
    private interface Input {
        List<KeeperEffect> into(KeeperMachine machine, Instant now);
    }

    /**
     * Does nothing yet.
     *
     * @param listener told on the keeper's thread; must not block for long
     * @param clock    monotonic
     */
    public RegistryKeeper(RegistryAddress address, Means means, Consumer<RegistryEvent> listener, InstantSource clock) {
        this.url = address.shown();
        this.clock = clock;
        this.machine = new KeeperMachine(address.isStartable());
        this.errands = new Errands(address, means, listener, clock);
        this.standing = new Standing(Standing.Kind.NONE, url, clock.instant());
    }

    /** Begins to look and to start what is needed; does not wait for it. Call once. */
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is at the URL, as last seen; while an event is told, what holds since then. */
    public Standing standing() {
        return standing;
    }

    /** Ends what we started; to be called when all agents are down. Returns after at most 8 s, usually in milliseconds. */
    @Override
    public void close() {
        inbox.add(KeeperMachine::stop);
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts a {@link #close} under way short: a program that has not ended yet is killed. Does nothing before. */
    public void hurry() {
        inbox.add(KeeperMachine::hurry);
    }

    private void run() {
        try {
            carryOut(machine.begin());
            while (machine.phase() != KeeperPhase.STOPPED) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            Optional<Input> input = next();
            Instant now = clock.instant();
            carryOut(input.isPresent() ? input.get().into(machine, now) : machine.tick(now));
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(RegistryKeeper.class).error("the keeping of the registry failed", e);
            never.await(FAULT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            never.await(FAULT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Optional<Input> next() throws InterruptedException {
        if (machine.deadline().isEmpty()) {
            return Optional.of(inbox.take());
        }
        long nanos = Duration.between(clock.instant(), machine.deadline().get()).toNanos();
        return Optional.ofNullable(inbox.poll(Math.max(nanos, 0), TimeUnit.NANOSECONDS));
    }

    private void carryOut(List<KeeperEffect> effects) {
        Deque<KeeperEffect> todo = new ArrayDeque<>(effects);
        publish();
        while (!todo.isEmpty()) {
            todo.addAll(errands.run(todo.removeFirst(), machine, witness));
            publish();
        }
    }

    private void publish() {
        if (standing.kind() != machine.standing()) {
            standing = new Standing(machine.standing(), url, clock.instant());
        }
    }

    /** Puts what the program's own thread hears into the inbox. */
    private final class Witness implements OwnRegistry.Witness {
        @Override
        public void leftOthers() {
            inbox.add((to, now) -> to.leftOthers());
        }

        @Override
        public void ended(RegistryEvent.Failure failure) {
            inbox.add((to, now) -> to.ended(failure, now));
        }
    }
}
