package meshdev.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keeping of a registry as a pure state machine: what was found or happened goes in together with the time, what to do
 * comes out as {@link KeeperEffect}s. It has no clock; {@link #deadline()} says when {@link #tick} is due. Used by the keeper's
 * thread only.
 *
 * <p>Whatever the order of inputs: at most one registry of ours runs, none is started before a look found the port free, one
 * that is not ours is never stopped, every wait has a deadline, but for one for the end of a program that survived its kill, and a stop
 * always ends in {@link KeeperPhase#STOPPED}.
 */
final class KeeperMachine {
    static final Duration GRACE = Duration.ofSeconds(3);
    /** How long the end of a killed program is waited for. */
    static final Duration KILL_LIMIT = Duration.ofSeconds(2);

    private final Patience patience;
    private final Attempts attempts = new Attempts();
    private final ProgramTimes program = new ProgramTimes();
    private final List<KeeperEffect> effects = new ArrayList<>();

    private KeeperPhase phase = KeeperPhase.LOOKING;
    private Standing.Kind standing = Standing.Kind.NONE;
    private Optional<Instant> deadline = Optional.empty();
    private boolean doubted;
    private boolean takingOver;
    private boolean killed;

    /** @param startable whether a registry of ours would be found at the URL */
    KeeperMachine(boolean startable) {
        this.patience = new Patience(startable);
    }

    KeeperPhase phase() {
        return phase;
    }

    Standing.Kind standing() {
        return standing;
    }

    /** When {@link #tick} is due; empty when nothing is waited for but an answer or an end. */
    Optional<Instant> deadline() {
        return deadline;
    }

    List<KeeperEffect> begin() {
        phase = look();
        return drain();
    }

    /** The answer to a look. */
    List<KeeperEffect> found(Finding finding, Instant now) {
        phase = switch (phase) {
            case LOOKING -> settle(finding, now);
            case USING -> watch(finding, now);
            case STARTING -> finding.kind() == Finding.Kind.REGISTRY ? run(now) : askLater(now);
            case RUNNING, OPENING, EMBEDDED, WAITING, ENDING, STOPPING, STOPPED -> phase;
        };
        return drain();
    }

    private KeeperPhase settle(Finding finding, Instant now) {
        return switch (finding.kind()) {
            case REGISTRY -> use(now);
            case NOTHING -> patience.isStartable() ? attempt(now) : complain(finding.detail(), now);
            case FOREIGN, SILENT -> complain(finding.detail(), now);
        };
    }

    private KeeperPhase use(Instant now) {
        attempts.forgive();
        settled(Standing.Kind.EXTERNAL);
        tell(new RegistryEvent.Used());
        return watchLater(now);
    }

    /** What a registry needs that was found or started. */
    private void settled(Standing.Kind kind) {
        standing = kind;
        takingOver = false;
        patience.succeeded();
    }

    private KeeperPhase watchLater(Instant now) {
        doubted = false;
        deadline = Optional.of(now.plus(patience.watch()));
        return KeeperPhase.USING;
    }

    /** One look that fails may have hit its restart by whoever keeps it. */
    private KeeperPhase watch(Finding finding, Instant now) {
        if (!patience.isGone(finding)) {
            return watchLater(now);
        }
        if (!doubted) {
            doubted = true;
            deadline = Optional.of(now.plus(patience.doubt()));
            return KeeperPhase.USING;
        }
        standing = Standing.Kind.NONE;
        if (!patience.isStartable()) {
            return complain(finding.detail(), now);
        }
        takingOver = true;
        tell(new RegistryEvent.TakingOver());
        return look();
    }

    /** Told once until a registry was there. */
    private KeeperPhase complain(String why, Instant now) {
        attempts.forgive();
        boolean local = patience.isStartable();
        standing = local ? Standing.Kind.FOREIGN : Standing.Kind.UNREACHABLE;
        if (patience.isNew()) {
            effects.add(local ? new KeeperEffect.Accuse(why) : new KeeperEffect.Tell(new RegistryEvent.Unreachable(why)));
        }
        return await(now.plus(patience.next()));
    }

    private KeeperPhase await(Instant until) {
        deadline = Optional.of(until);
        return KeeperPhase.WAITING;
    }

    /** The port is free, so if a registry of ours failed it did not fail for another's sake. */
    private KeeperPhase attempt(Instant now) {
        standing = Standing.Kind.NONE;
        attempts.charge(now).ifPresent(this::tell);
        if (attempts.notBefore().isAfter(now)) {
            return await(attempts.notBefore());
        }
        if (attempts.programIsGivenUp()) {
            return open();
        }
        deadline = Optional.empty();
        effects.add(new KeeperEffect.Launch(takingOver));
        return KeeperPhase.STARTING;
    }

    private KeeperPhase open() {
        deadline = Optional.empty();
        effects.add(KeeperEffect.Deed.OPEN);
        return KeeperPhase.OPENING;
    }

    /** The program was started. */
    List<KeeperEffect> launched(long pid, Instant now) {
        program.launched(pid, now);
        phase = switch (phase) {
            case STARTING -> askLater(now);
            case LOOKING, USING, RUNNING, OPENING, EMBEDDED, WAITING, ENDING, STOPPING, STOPPED -> phase;
        };
        return drain();
    }

    /** There is none to start. */
    List<KeeperEffect> noProgram() {
        phase = switch (phase) {
            case STARTING -> open();
            case LOOKING, USING, RUNNING, OPENING, EMBEDDED, WAITING, ENDING, STOPPING, STOPPED -> phase;
        };
        return drain();
    }

    private KeeperPhase askLater(Instant now) {
        deadline = Optional.of(program.nextAsk(now));
        return KeeperPhase.STARTING;
    }

    private KeeperPhase run(Instant now) {
        settled(Standing.Kind.PROGRAM);
        tell(program.answered(now));
        deadline = Optional.empty();
        return KeeperPhase.RUNNING;
    }

    /** The registry inside mesh-dev answers. */
    List<KeeperEffect> opened() {
        phase = switch (phase) {
            case OPENING -> {
                settled(Standing.Kind.EMBEDDED);
                tell(new RegistryEvent.Embedded());
                yield KeeperPhase.EMBEDDED;
            }
            case LOOKING, USING, STARTING, RUNNING, EMBEDDED, WAITING, ENDING, STOPPING, STOPPED -> phase;
        };
        return drain();
    }

    /** Nothing was started, or what was started has ended. */
    List<KeeperEffect> ended(RegistryEvent.Failure failure, Instant now) {
        phase = switch (phase) {
            case RUNNING -> {
                standing = Standing.Kind.NONE;
                tell(attempts.ended(failure, program.age(now), now));
                yield look();
            }
            case STARTING, OPENING -> {
                attempts.failed(failure);
                yield await(now.plus(patience.doubt())); // whoever was faster may not answer yet
            }
            case ENDING -> {
                attempts.failed(ProgramTimes.tooSlow(failure));
                yield look();
            }
            case STOPPING -> stopped();
            case LOOKING, USING, EMBEDDED, WAITING, STOPPED -> phase;
        };
        return drain();
    }

    /** The program has ended, but not what it had started: that would hold the port. */
    List<KeeperEffect> leftOthers() {
        boolean ours = switch (phase) {
            case STARTING, RUNNING, ENDING, STOPPING -> true;
            case LOOKING, USING, OPENING, EMBEDDED, WAITING, STOPPED -> false;
        };
        return ours ? List.of(KeeperEffect.Deed.KILL) : List.of();
    }

    private KeeperPhase look() {
        deadline = Optional.empty();
        effects.add(KeeperEffect.Look.HEALTH);
        return KeeperPhase.LOOKING;
    }

    /** A deadline has passed. */
    List<KeeperEffect> tick(Instant now) {
        if (deadline.isEmpty() || now.isBefore(deadline.get())) {
            return List.of();
        }
        deadline = Optional.empty();
        phase = switch (phase) {
            case USING -> {
                effects.add(patience.isStartable() ? KeeperEffect.Look.PORT : KeeperEffect.Look.HEALTH);
                yield phase;
            }
            case STARTING -> ask(now);
            case WAITING -> look();
            case ENDING, STOPPING -> press(now);
            case LOOKING, RUNNING, OPENING, EMBEDDED, STOPPED -> phase;
        };
        return drain();
    }

    private KeeperPhase ask(Instant now) {
        if (program.isTooSlow(now)) {
            return terminate(KeeperPhase.ENDING, now);
        }
        effects.add(KeeperEffect.Look.OWN);
        return KeeperPhase.STARTING;
    }

    private KeeperPhase terminate(KeeperPhase next, Instant now) {
        effects.add(KeeperEffect.Deed.TERMINATE);
        killed = false;
        deadline = Optional.of(now.plus(GRACE));
        return next;
    }

    private KeeperPhase press(Instant now) {
        if (!killed) {
            killed = true;
            effects.add(KeeperEffect.Deed.KILL);
            deadline = Optional.of(now.plus(KILL_LIMIT));
            return phase;
        }
        tell(new RegistryEvent.Unkillable(program.pid()));
        return phase == KeeperPhase.STOPPING ? stopped() : phase;
    }

    /** For good: whatever runs of ours is ended. */
    List<KeeperEffect> stop(Instant now) {
        phase = switch (phase) {
            case LOOKING, USING, WAITING, OPENING -> stopped();
            case EMBEDDED -> {
                effects.add(KeeperEffect.Deed.CLOSE);
                yield stopped();
            }
            case STARTING, RUNNING, ENDING -> terminate(KeeperPhase.STOPPING, now);
            case STOPPING, STOPPED -> phase;
        };
        return drain();
    }

    /** Somebody waits for the end: a program that was asked for it and has not ended yet is killed. */
    List<KeeperEffect> hurry(Instant now) {
        if (phase == KeeperPhase.STOPPING && !killed) {
            press(now);
        }
        return drain();
    }

    private KeeperPhase stopped() {
        standing = Standing.Kind.NONE;
        deadline = Optional.empty();
        return KeeperPhase.STOPPED;
    }

    private void tell(RegistryEvent event) {
        effects.add(new KeeperEffect.Tell(event));
    }

    private List<KeeperEffect> drain() {
        List<KeeperEffect> drained = List.copyOf(effects);
        effects.clear();
        return drained;
    }
}
