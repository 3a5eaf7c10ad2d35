package meshdev.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import meshdev.process.LaunchException;
import meshdev.process.RefusedThread;
import org.slf4j.LoggerFactory;

/** Does what the machine wants done, and tells it what came of that. Used by the keeper's thread only. */
final class Errands {
    private final RegistryAddress address;
    private final Means means;
    private final Consumer<RegistryEvent> listener;
    private final InstantSource clock;
    private final OwnRegistry own;
    private final RegistryLook looking;

    Errands(RegistryAddress address, Means means, Consumer<RegistryEvent> listener, InstantSource clock) {
        this.address = address;
        this.means = means;
        this.listener = listener;
        this.clock = clock;
        this.own = new OwnRegistry(means, address);
        this.looking = new RegistryLook(address);
    }

    /**
     * Does one thing; returns what the machine wants done next.
     *
     * @param witness told of the end of a program that is launched
     */
    List<KeeperEffect> run(KeeperEffect effect, KeeperMachine machine, OwnRegistry.Witness witness) {
        if (effect instanceof KeeperEffect.Look look) {
            return machine.found(look(look), clock.instant());
        } else if (effect instanceof KeeperEffect.Launch launch) {
            return launch(launch.takeOver(), machine, witness);
        } else if (effect instanceof KeeperEffect.Deed deed) {
            return run(deed, machine);
        } else if (effect instanceof KeeperEffect.Accuse accuse) {
            tell(new RegistryEvent.Foreign(address.port(), accuse.how(), own.holder()));
        } else if (effect instanceof KeeperEffect.Tell tell) {
            tell(tell.event());
        }
        return List.of();
    }

    private Finding look(KeeperEffect.Look look) {
        try {
            return switch (look) {
                case PORT -> atPort();
                case HEALTH -> looking.atHealth();
                case OWN -> atOwn();
            };
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Errands.class).error("could not look at the registry", e);
            return new Finding(Finding.Kind.SILENT, "can't be looked at");
        } catch (OutOfMemoryError e) {
            return new Finding(Finding.Kind.SILENT, refused(e).getMessage());
        }
    }

    private Finding atPort() {
        Finding finding = looking.atPort();
        if (finding.kind() == Finding.Kind.REGISTRY) {
            own.watched();
        }
        return finding;
    }

    private Finding atOwn() {
        Finding finding = looking.atHealth();
        boolean another = finding.kind() == Finding.Kind.REGISTRY && !own.hasPort();
        return another ? new Finding(Finding.Kind.FOREIGN, "is another registry") : finding;
    }

    private List<KeeperEffect> launch(boolean takeOver, KeeperMachine machine, OwnRegistry.Witness witness) {
        Optional<Path> program = means.program().find();
        if (program.isEmpty()) {
            return machine.noProgram();
        }
        try {
            return machine.launched(own.launch(program.get(), takeOver, witness), clock.instant());
        } catch (LaunchException | RuntimeException e) {
            return machine.ended(failure(RegistryEvent.What.PROGRAM, e), clock.instant());
        }
    }

    private List<KeeperEffect> run(KeeperEffect.Deed deed, KeeperMachine machine) {
        switch (deed) {
            case OPEN -> {
                return open(machine);
            }
            case CLOSE -> own.close();
            case TERMINATE -> own.terminate();
            case KILL -> own.kill();
        }
        return List.of();
    }

    private List<KeeperEffect> open(KeeperMachine machine) {
        try {
            own.open();
            return machine.opened();
        } catch (IOException | RuntimeException e) {
            return machine.ended(failure(RegistryEvent.What.EMBEDDED, e), clock.instant());
        } catch (OutOfMemoryError e) {
            return machine.ended(failure(RegistryEvent.What.EMBEDDED, refused(e)), clock.instant());
        }
    }

    /** Threads that the system refuses may be had later; anything else is none of our business. */
    private static IOException refused(OutOfMemoryError error) {
        if (!RefusedThread.is(error)) {
            throw error;
        }
        return new IOException("the system refuses more threads");
    }

    private static RegistryEvent.Failure failure(RegistryEvent.What what, Exception cause) {
        return new RegistryEvent.Failure(what, String.valueOf(cause.getMessage()), List.of());
    }

    private void tell(RegistryEvent event) {
        if (event instanceof RegistryEvent.Started) {
            own.answered();
        } else if (event instanceof RegistryEvent.Used) {
            own.used();
        }
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Errands.class).error("not told: {}", event, e);
        }
    }
}
