package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessName;
import meshdev.process.ReadySign;

/**
 * The life of one agent as a pure state machine: what happened goes in together with the time, what to do comes out as
 * {@link Effect}s. It has no clock; {@link #deadline()} says when {@link #tick} is due. Used by the supervisor's thread
 * only.
 *
 * <p>Every input is one switch expression from phase to next phase. Whatever the order of inputs: at most one
 * incarnation lives, a change never counts as a failure, changes while the old process stops cost one launch, nothing
 * is launched while a change is known that is not quiet yet (unless it never becomes quiet), and a stop always ends in
 * {@link Phase#STOPPED}.
 */
final class AgentMachine {
    /** A launch that is not ready after this time is reported. */
    static final Duration READY_LIMIT = Duration.ofSeconds(60);
    /** A preparation that did not answer by then is gone without. */
    static final Duration PREPARE_LIMIT = Duration.ofSeconds(60);
    /** A look at single files takes a moment; without an answer they are taken as they are. */
    static final Duration CONFIRM_LIMIT = Duration.ofSeconds(1);

    private final String name;
    private AgentPolicy policy;
    private final Endings endings;
    private final StartWrites startWrites;
    private final ReloadWish wish = new ReloadWish();
    private final Outbox effects = new Outbox();
    private final Completion completion;
    private final Termination termination;

    private Phase phase = Phase.STOPPED;
    private boolean wanted;
    private Optional<Instant> deadline = Optional.empty();
    private Incarnation current = Incarnation.none();
    private OptionalInt port;
    private int reloads;
    /** What is to be done about the question that was asked last, once its files are quiet and {@link #confirming confirmed}. */
    private Optional<Function<Instant, Phase>> answer = Optional.empty();
    private boolean confirming;

    AgentMachine(String name, AgentPolicy policy) {
        this.name = name;
        this.policy = policy;
        this.endings = new Endings(name, policy);
        this.startWrites = new StartWrites(policy.entry());
        this.completion = new Completion(name, effects);
        this.termination = new Termination(name, effects);
        this.port = policy.port();
    }

    Phase phase() {
        return phase;
    }

    /** Whom its first launch waits for. */
    List<String> dependsOn() {
        return policy.dependsOn();
    }

    /** Whether a process of its lives, ready or not. */
    boolean isAlive() {
        return current.alive;
    }

    /** What it is to agents that wait for it. */
    StartOrder.Standing standing() {
        return switch (phase) {
            case FINISHED -> StartOrder.Standing.READY;
            case TRIPPED -> StartOrder.Standing.TRIPPED;
            case STOPPED -> StartOrder.Standing.STOPPED;
            case STARTING, READY, PREPARING, STOPPING, WAITING -> current.alive && current.isReady()
                    ? StartOrder.Standing.READY : StartOrder.Standing.OPEN;
        };
    }

    /** When {@link #tick} is due; empty when nothing is waited for. */
    Optional<Instant> deadline() {
        return deadline;
    }

    /** The first launch, with what was saved before; a save that is not quiet yet is waited for. */
    List<Effect> start(Instant now) {
        wanted = true;
        phase = wish.isUnsettled() ? to(Phase.WAITING) : launch(now);
        return drain();
    }

    /** The agent is to come (back): what changed in an earlier life of the name is of no account. */
    void arrive() {
        wish.forget();
    }

    /**
     * Changes were seen but are not quiet yet: nothing under way may run half of them.
     *
     * @param certain whether any of them surely concerns the agent, so that it is worth while to begin with a successor
     */
    List<Effect> changed(Set<Path> files, boolean certain, Instant at) {
        StartWrites.Verdict verdict = startWrites.seen(files, at);
        if (verdict.paused().isPresent()) {
            report(new SupervisorEvent.Paused(name, verdict.paused().get()));
        } else if (verdict.counted().isEmpty()) {
            report(new SupervisorEvent.Ignored(name, files));
        }
        if (!verdict.counted().isEmpty()) {
            effects.add(new Effect.AwaitQuiet(verdict.counted(), verdict.at()));
            if (certain && phase != Phase.STOPPED) {
                effects.add(new Effect.Warm(port, verdict.counted()));
            }
            phase = unsettle();
        }
        return drain();
    }

    private Phase unsettle() {
        wish.unsettle();
        return switch (phase) {
            case PREPARING -> asBeforePreparing();
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
    }

    /** Changes have become quiet. */
    List<Effect> reload(Reload reload, Instant now) {
        wish.settle();
        phase = switch (phase) {
            case STARTING, READY, PREPARING, WAITING, TRIPPED, FINISHED -> {
                owe(reload);
                yield prepare(now);
            }
            case STOPPING -> {
                owe(reload);
                yield phase;
            }
            case STOPPED -> {
                wish.add(reload); // no reason to launch, but the next launch has to know what is new
                yield phase;
            }
        };
        return drain();
    }

    /** Changes have become quiet, but the agent's entry file is gone: what runs is kept, and nothing is launched. */
    List<Effect> missing() {
        wish.miss();
        effects.add(new Effect.Cool(false));
        report(new SupervisorEvent.Missing(name, current.alive));
        return drain();
    }

    /** Changes have become quiet, and turn out not to concern this agent: what they interrupted goes on. */
    List<Effect> unconcerned(Instant now) {
        wish.settle();
        phase = switch (phase) {
            case STARTING, READY -> wish.isOpen() ? prepare(now) : cool();
            case WAITING -> goOnWaiting(now);
            case PREPARING, STOPPING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    private Phase goOnWaiting(Instant now) {
        if (wish.isOpen()) {
            return prepare(now);
        }
        boolean timeHasCome = deadline.isEmpty() && !wish.isOwed();
        return timeHasCome ? launch(now) : cool();
    }

    private Phase cool() {
        effects.add(new Effect.Cool(false));
        return phase;
    }

    /**
     * Other rules hold from now on; what runs is kept.
     *
     * @param forgiven whether files that were paused count again
     */
    List<Effect> reconfigure(AgentPolicy next, boolean forgiven) {
        AgentPolicy before = policy;
        policy = next;
        endings.reconfigure(next);
        if (forgiven || !next.entry().equals(before.entry())) {
            startWrites.forgive(next.entry());
        }
        if (!next.port().equals(before.port())) {
            port = next.port();
        }
        phase = switch (phase) {
            case STARTING -> current.lateReported ? phase : to(phase, startingDeadline());
            case READY, PREPARING, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    /** A setting that only a launch can apply is another one; it clears the counts. Waits for changes to become quiet. */
    List<Effect> restart(Reload reload, Instant now) {
        endings.reset();
        phase = switch (phase) {
            case STARTING, READY, PREPARING, WAITING, TRIPPED, FINISHED -> {
                wish.also(reload);
                yield wish.isUnsettled() ? phase : prepare(now);
            }
            case STOPPING -> {
                wish.also(reload);
                yield phase;
            }
            case STOPPED -> phase;
        };
        return drain();
    }

    private void owe(Reload reload) {
        wish.add(reload);
        endings.reset();
    }

    /**
     * The successor can run. An answer to an older question is ignored.
     *
     * @param warming how much of the time since the question went into waiting for the successor alone
     */
    List<Effect> prepared(long ticket, Duration warming, Instant now) {
        answered(ticket, now, at -> {
            wish.mark("check", now.minus(warming));
            wish.mark("warm", now);
            wish.mark("check", at);
            return replace(at);
        });
        return drain();
    }

    /** The successor must not run; the old process serves on, or nothing does until the next change. */
    List<Effect> refused(long ticket, Objection objection, Instant now) {
        answered(ticket, now, at -> refuse(objection));
        return drain();
    }

    /** The successor would run just what runs now. With nothing running, the change is taken for the wish to start. */
    List<Effect> unchanged(long ticket, Instant now) {
        answered(ticket, now, this::spare);
        return drain();
    }

    private void answered(long ticket, Instant now, Function<Instant, Phase> deed) {
        phase = switch (phase) {
            case PREPARING -> wish.answers(ticket) ? hold(deed, now) : phase;
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
    }

    /** Nothing is done before the changes are quiet, and the files are looked at once more then. */
    private Phase hold(Function<Instant, Phase> deed, Instant now) {
        answer = Optional.of(deed);
        Instant quietAt = wish.owed().quietAt();
        return now.isBefore(quietAt) ? to(Phase.PREPARING, quietAt) : confirm(now);
    }

    private Phase confirm(Instant now) {
        confirming = true;
        effects.add(wish.confirm());
        return to(Phase.PREPARING, now.plus(CONFIRM_LIMIT));
    }

    /** The files are as they were when the successor was asked about them. */
    List<Effect> confirmed(long ticket, Instant now) {
        phase = switch (phase) {
            case PREPARING -> wish.answers(ticket) && answer.isPresent() ? answer.get().apply(now) : phase;
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    private Phase stillPreparing(Instant now) {
        if (answer.isEmpty()) {
            return replace(now);
        }
        return confirming ? answer.get().apply(now) : confirm(now);
    }

    private Phase spare(Instant now) {
        if (!current.alive) {
            return replace(now);
        }
        report(new SupervisorEvent.Unchanged(name, wish.owed().files()));
        wish.drop();
        effects.add(new Effect.Cool(false));
        return asBeforePreparing();
    }

    /**
     * The launch that was asked for succeeded.
     *
     * @param warm whether modules had been imported before it
     */
    List<Effect> launched(long run, long pid, boolean warm, Instant now) {
        if (isCurrent(run)) {
            current.pid = pid;
            current.warm = warm;
            wish.mark("start", now);
        }
        return drain();
    }

    /** The launch that was asked for did not even begin; it counts as a failed start. */
    List<Effect> launchFailed(long run, String why, Instant now) {
        if (isCurrent(run)) {
            current.alive = false;
            phase = conclude(endings.startFailed(why, port, Optional.empty()), now);
        }
        return drain();
    }

    /** The condition for being ready came true. */
    List<Effect> ready(long run, ReadySign sign, Instant now) {
        if (isCurrent(run) && current.isReady()) {
            takePort(sign); // it began to listen after it had lived long enough to count as ready
            if (policy.registers() && sign.port().isPresent()) {
                completion.listens(current, sign.port().getAsInt());
            }
        } else if (isCurrent(run)) {
            phase = switch (phase) {
                case STARTING -> {
                    becomeReady(sign, now);
                    yield to(Phase.READY);
                }
                case PREPARING -> {
                    becomeReady(sign, now);
                    yield phase;
                }
                case READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
            };
        }
        return drain();
    }

    /** The registry knows the agent as it runs now. */
    List<Effect> registered(long run, Instant now) {
        if (isCurrent(run)) {
            completion.registered(current, now);
        }
        return drain();
    }

    /**
     * The agent is not waited for to be registered, or not any longer.
     *
     * @param late for so long it was waited for in vain, now or earlier; empty when no registry said so
     */
    List<Effect> notRegistered(long run, Optional<Duration> late) {
        if (isCurrent(run)) {
            completion.notRegistered(current, late);
        }
        return drain();
    }

    /** The process ended but left members of its group behind: they go before anything else happens. */
    List<Effect> leaderExited(long run, ExitStatus exit, List<ProcessName> left, Instant now) {
        if (isCurrent(run)) {
            phase = switch (phase) {
                case STARTING, READY, PREPARING -> {
                    current.ownExit = Optional.of(exit);
                    current.endedAt = now;
                    report(new SupervisorEvent.LeftBehind(name, left));
                    yield terminate(now, policy.reloadGrace());
                }
                case STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
            };
        }
        return drain();
    }

    /**
     * The process and its group are gone.
     *
     * @param portHolder who else listens on the port it should have had; looked up only when its start had failed
     */
    List<Effect> gone(long run, ExitStatus exit, Optional<ProcessName> portHolder, Instant now) {
        if (isCurrent(run)) {
            current.alive = false;
            current.portHolder = portHolder;
            phase = switch (phase) {
                case STARTING, READY -> ended(exit, now, now);
                case PREPARING -> {
                    report(new SupervisorEvent.Crashed(name, exit, Optional.empty()));
                    yield phase;
                }
                case STOPPING -> stopped(now);
                case WAITING, TRIPPED, FINISHED, STOPPED -> phase;
            };
        }
        return drain();
    }

    /** Does what is due when the deadline has passed. */
    List<Effect> tick(Instant now) {
        if (deadline.isPresent() && !now.isBefore(deadline.get())) {
            deadline = Optional.empty();
            phase = switch (phase) {
                case STARTING -> stillStarting(now);
                case PREPARING -> stillPreparing(now);
                case STOPPING -> stillStopping(now);
                case WAITING -> wish.isUnsettled() ? phase : launch(now);
                case READY, TRIPPED, FINISHED, STOPPED -> phase;
            };
        }
        return drain();
    }

    /** The agent is to end and stay down. */
    List<Effect> stop(Instant now) {
        wanted = false;
        wish.drop();
        effects.add(new Effect.Cool(true));
        phase = switch (phase) {
            case STARTING, READY, PREPARING -> current.alive ? terminate(now, policy.quitGrace()) : to(Phase.STOPPED);
            case WAITING, TRIPPED, FINISHED -> to(Phase.STOPPED);
            case STOPPING -> stopStopping();
            case STOPPED -> phase;
        };
        return drain();
    }

    /** A stop amid a reload's stop: the longer grace counts from the signal; what survived a kill is given up. */
    private Phase stopStopping() {
        Stopping stopping = current.stopping.orElseThrow();
        if (stopping.isGivenUp()) {
            return to(Phase.STOPPED);
        }
        stopping.extend(policy.quitGrace());
        return stopping();
    }

    /** Ends the grace of an agent that is stopping. */
    List<Effect> killNow(Instant now) {
        phase = switch (phase) {
            case STOPPING -> kill(now);
            case STARTING, READY, PREPARING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    /** For so long mesh-dev itself did not run: that time counts for no deadline. */
    void skip(Duration lost) {
        deadline = deadline.map(due -> due.plus(lost));
        current.skip(lost);
    }

    private boolean isCurrent(long run) {
        return run == current.run && current.alive;
    }

    private Phase launch(Instant now) {
        reloads += wish.isOwed() ? 1 : 0;
        return launch(wish.takeChanged(), false, now);
    }

    private Phase launch(Set<Path> changed, boolean cold, Instant now) {
        current = new Incarnation(current.run + 1, changed, now);
        startWrites.launched(now);
        effects.add(new Effect.Launch(current.run, port, changed, reloads, cold));
        return to(Phase.STARTING, startingDeadline());
    }

    private Instant startingDeadline() {
        return current.launchedAt.plus(livesWithoutPort() ? policy.startupWindow() : READY_LIMIT);
    }

    private boolean livesWithoutPort() {
        return policy.readyWithoutPort() && port.isEmpty();
    }

    private Phase prepare(Instant now) {
        completion.complete(current);
        wish.startTimer();
        if (wish.isOverdue(policy.patience(), now)) {
            wish.force();
            report(new SupervisorEvent.EndlessWriter(name, wish.owed().files()));
            return replace(now);
        }
        effects.add(new Effect.Warm(port, Set.of()));
        effects.add(wish.ask());
        answer = Optional.empty();
        confirming = false;
        return to(Phase.PREPARING, now.plus(PREPARE_LIMIT));
    }

    private Phase replace(Instant now) {
        wish.prepared();
        SupervisorEvent reloading = new SupervisorEvent.Reloading(name, wish.owed().reason());
        Phase next = current.alive ? terminate(now, policy.reloadGrace()) : launch(now);
        report(reloading); // after the deed: words take time
        return next;
    }

    private Phase refuse(Objection objection) {
        report(new SupervisorEvent.ReloadRefused(name, objection, current.alive));
        wish.refused();
        effects.add(new Effect.Cool(false));
        return asBeforePreparing();
    }

    private Phase asBeforePreparing() {
        if (!current.alive) {
            return to(Phase.WAITING);
        }
        return current.isReady() ? to(Phase.READY) : to(Phase.STARTING, startingDeadline());
    }

    private void becomeReady(ReadySign sign, Instant now) {
        current.readyAt = Optional.of(now);
        endings.ready();
        startWrites.ready(now);
        takePort(sign);
        current.readyPort = sign.port();
        Optional<ReloadTimer> reload = phase == Phase.STARTING ? wish.served(now) : Optional.empty();
        completion.serves(current, reload, policy.registers(), now);
    }

    private void takePort(ReadySign sign) {
        if (sign.port().isEmpty()) {
            return;
        }
        int actual = sign.port().getAsInt();
        sign.elsewhere().ifPresent(not -> report(new SupervisorEvent.PortElsewhere(name, not.wanted(), actual, not.holder())));
        port = policy.port().isPresent() ? policy.port() : sign.port();
    }

    private Phase stopped(Instant now) {
        if (!wanted) {
            report(new SupervisorEvent.Stopped(name));
            return to(Phase.STOPPED);
        }
        if (current.ownExit.isPresent()) {
            return ended(current.ownExit.get(), current.endedAt, now);
        }
        wish.mark("stop", now);
        return resume(now);
    }

    /** Nothing lives, and a reload is owed or will be once its change is quiet. */
    private Phase resume(Instant now) {
        if (wish.isUnsettled()) {
            return to(Phase.WAITING);
        }
        return wish.isPrepared() ? launch(now) : prepare(now);
    }

    /** Ended by itself at that time. A change that is known already decides before the exit code does. */
    private Phase ended(ExitStatus exit, Instant at, Instant now) {
        if (wish.isUnsettled() || wish.isOwed()) {
            report(new SupervisorEvent.Crashed(name, exit, Optional.empty()));
            return resume(now);
        }
        if (current.warm && !current.isReady() && !exit.success()) {
            report(new SupervisorEvent.WarmStartFailed(name, exit));
            return launch(current.changed, true, now);
        }
        return conclude(endings.ended(current, exit, at, port), now);
    }

    private Phase conclude(Ending ending, Instant now) {
        wish.stopTimer();
        report(ending.event());
        return ending.retryIn().isPresent() ? to(ending.next(), now.plus(ending.retryIn().get())) : to(ending.next());
    }

    private Phase stillStarting(Instant now) {
        if (livesWithoutPort()) {
            becomeReady(new ReadySign(OptionalInt.empty(), Optional.empty()), now);
            return to(Phase.READY);
        }
        if (!current.lateReported) {
            current.lateReported = true;
            wish.stopTimer();
            report(new SupervisorEvent.NotReady(name, READY_LIMIT, port));
        }
        return phase;
    }

    private Phase stillStopping(Instant now) {
        termination.proceed(current, now);
        return current.stopping.orElseThrow().isGivenUp() && !wanted ? to(Phase.STOPPED) : stopping();
    }

    private Phase terminate(Instant now, Duration grace) {
        termination.ask(current, grace, now);
        return stopping();
    }

    private Phase kill(Instant now) {
        termination.kill(current, now);
        return stopping();
    }

    /** Waits for what the end of the present incarnation takes. */
    private Phase stopping() {
        deadline = current.stopping.orElseThrow().deadline();
        return Phase.STOPPING;
    }

    private Phase to(Phase next) {
        deadline = Optional.empty();
        return next;
    }

    private Phase to(Phase next, Instant until) {
        deadline = Optional.of(until);
        return next;
    }

    private void report(SupervisorEvent event) {
        effects.report(event);
    }

    private List<Effect> drain() {
        return effects.drain();
    }
}
