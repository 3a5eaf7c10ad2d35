package meshdev.registry;

import java.io.IOException;
import java.nio.file.Path;
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
import meshdev.process.LaunchException;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a registry answers at the URL, if that can be seen to: carries out what {@link KeeperMachine} decides, on a
 * thread of its own. {@link #standing} and {@link #close} may be called from any thread.
 */
public final class RegistryKeeper implements AutoCloseable {
    /** The program's grace and its killing, and one look that may be under way. */
    private static final Duration CLOSE_LIMIT = KeeperMachine.GRACE.plus(KeeperMachine.KILL_LIMIT).plusSeconds(3);
    /** After an error of ours, which must not be repeated at once for ever. */
    private static final long FAULT_PAUSE_MILLIS = 1000;

    private final RegistryAddress address;
    private final Means means;
    private final Consumer<RegistryEvent> listener;
    private final InstantSource clock;
    private final OwnRegistry own;
    private final RegistryLook looking;
    private final KeeperMachine machine;
    private final BlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
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
        this.address = address;
        this.means = means;
        this.listener = listener;
        this.clock = clock;
        this.own = new OwnRegistry(means, address);
        this.looking = new RegistryLook(address);
        this.machine = new KeeperMachine(address.isStartable());
        this.standing = new Standing(Standing.Kind.NONE, address.shown(), clock.instant());
    }

    /** Begins to look and to start what is needed; does not wait for it. Call once. */
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is at the URL, as last seen. */
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
        while (!todo.isEmpty()) {
            todo.addAll(perform(todo.removeFirst()));
            publish();
        }
        publish();
    }

    private void publish() {
        if (standing.kind() != machine.standing()) {
            standing = new Standing(machine.standing(), address.shown(), clock.instant());
        }
    }

    /** Returns what the machine wants done next. */
    private List<KeeperEffect> perform(KeeperEffect effect) {
        if (effect instanceof KeeperEffect.Look look) {
            return machine.found(look(look), clock.instant());
        } else if (effect instanceof KeeperEffect.Launch launch) {
            return launch(launch.takeOver());
        } else if (effect instanceof KeeperEffect.Deed deed) {
            return perform(deed);
        } else if (effect instanceof KeeperEffect.Accuse accuse) {
            listener.accept(new RegistryEvent.Foreign(address.port(), accuse.how(), own.holder()));
        } else if (effect instanceof KeeperEffect.Tell tell) {
            tell(tell.event());
        }
        return List.of();
    }

    private Finding look(KeeperEffect.Look look) {
        try {
            return found(look);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(RegistryKeeper.class).error("could not look at the registry", e);
            return new Finding(Finding.Kind.SILENT, "can't be looked at");
        }
    }

    private Finding found(KeeperEffect.Look look) {
        return switch (look) {
            case PORT -> {
                Finding finding = looking.atPort();
                own.watched();
                yield finding;
            }
            case HEALTH -> looking.atHealth();
            case OWN -> {
                Finding finding = looking.atHealth();
                boolean another = finding.kind() == Finding.Kind.REGISTRY && !own.hasPort();
                yield another ? new Finding(Finding.Kind.FOREIGN, "is another registry") : finding;
            }
        };
    }

    private List<KeeperEffect> launch(boolean takeOver) {
        Optional<Path> program = means.program().find();
        if (program.isEmpty()) {
            return machine.noProgram();
        }
        try {
            long pid = own.launch(program.get(), takeOver, new Posting());
            return machine.launched(pid, clock.instant());
        } catch (LaunchException | RuntimeException e) {
            return failed(RegistryEvent.What.PROGRAM, e);
        }
    }

    private List<KeeperEffect> perform(KeeperEffect.Deed deed) {
        switch (deed) {
            case OPEN -> {
                return open();
            }
            case CLOSE -> own.close();
            case TERMINATE -> own.terminate();
            case KILL -> own.kill();
        }
        return List.of();
    }

    private List<KeeperEffect> open() {
        try {
            own.open();
            return machine.opened();
        } catch (IOException | RuntimeException e) {
            return failed(RegistryEvent.What.EMBEDDED, e);
        }
    }

    private List<KeeperEffect> failed(RegistryEvent.What what, Exception failure) {
        String why = String.valueOf(failure.getMessage());
        return machine.ended(new RegistryEvent.Failure(what, why, List.of()), clock.instant());
    }

    private void tell(RegistryEvent event) {
        if (event instanceof RegistryEvent.Started) {
            own.answered();
        } else if (event instanceof RegistryEvent.Used) {
            own.used();
        }
        listener.accept(event);
    }

    /** Puts what the program's own thread hears into the inbox. */
    private final class Posting implements OwnRegistry.Witness {
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
