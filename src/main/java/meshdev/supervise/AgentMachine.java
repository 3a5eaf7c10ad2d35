package meshdev.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.process.ExitStatus;
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
    /** How long after the kill a group may take to vanish before it is given up (a process in a system call). */
    static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    /** A launch that is not ready after this time is reported. */
    static final Duration READY_LIMIT = Duration.ofSeconds(60);
    /** A preparation that did not answer by then is gone without. */
    static final Duration PREPARE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final AgentPolicy policy;
    private final Backoff backoff = new Backoff();
    private final ReloadWish wish = new ReloadWish();
    private final List<Effect> effects = new ArrayList<>();

    private Phase phase = Phase.STOPPED;
    private boolean wanted;
    private Optional<Instant> deadline = Optional.empty();
    private Incarnation current = Incarnation.none();
    private OptionalInt port;

    AgentMachine(String name, AgentPolicy policy) {
        this.name = name;
        this.policy = policy;
        this.port = policy.port();
    }

    Phase phase() {
        return phase;
    }

    /** Whether a process of its lives, ready or not. */
    boolean isAlive() {
        return current.alive;
    }

    /** When {@link #tick} is due; empty when nothing is waited for. */
    Optional<Instant> deadline() {
        return deadline;
    }

    /** The first launch. */
    List<Effect> start(Instant now) {
        wanted = true;
        phase = launch(now);
        return drain();
    }

    /** A change was seen but is not quiet yet: nothing under way may run half of it. */
    List<Effect> changed() {
        wish.unsettle();
        phase = switch (phase) {
            case PREPARING -> asBeforePreparing();
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
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
            case STOPPED -> phase;
        };
        return drain();
    }

    /** Changes have become quiet, but the agent's entry file is gone: what runs is kept, and nothing is launched. */
    List<Effect> missing() {
        wish.miss();
        report(new SupervisorEvent.Missing(name, current.alive));
        return drain();
    }

    private void owe(Reload reload) {
        wish.add(reload);
        backoff.reset();
    }

    /** The successor can run. An answer to an older question is ignored. */
    List<Effect> prepared(long ticket, Instant now) {
        phase = switch (phase) {
            case PREPARING -> wish.answers(ticket) ? replace(now) : phase;
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    /** The successor must not run; the old process serves on, or nothing does until the next change. */
    List<Effect> refused(long ticket, String reason) {
        phase = switch (phase) {
            case PREPARING -> wish.answers(ticket) ? refuse(reason) : phase;
            case STARTING, READY, STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    /** The launch that was asked for succeeded. */
    List<Effect> launched(long run, long pid, Instant now) {
        if (isCurrent(run)) {
            current.pid = pid;
            wish.mark("start", now);
        }
        return drain();
    }

    /** The launch that was asked for did not even begin; it counts as a failed start. */
    List<Effect> launchFailed(long run, String why, Instant now) {
        if (isCurrent(run)) {
            current.alive = false;
            phase = failStart(why, now);
        }
        return drain();
    }

    /** The condition for being ready came true. */
    List<Effect> ready(long run, ReadySign sign, Instant now) {
        if (isCurrent(run) && current.isReady()) {
            takePort(sign); // it began to listen after it had lived long enough to count as ready
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

    /** The process ended but left members of its group behind: they go before anything else happens. */
    List<Effect> leaderExited(long run, ExitStatus exit, Instant now) {
        if (isCurrent(run)) {
            phase = switch (phase) {
                case STARTING, READY, PREPARING -> {
                    current.ownExit = Optional.of(exit);
                    current.endedAt = now;
                    yield terminate(now, policy.reloadGrace());
                }
                case STOPPING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
            };
        }
        return drain();
    }

    /** The process and its group are gone. */
    List<Effect> gone(long run, ExitStatus exit, Instant now) {
        if (isCurrent(run)) {
            current.alive = false;
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
                case PREPARING -> replace(now);
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
        if (deadline.isEmpty()) {
            return to(Phase.STOPPED);
        }
        if (current.killed) {
            return phase;
        }
        Instant signalled = deadline.get().minus(current.grace);
        current.grace = policy.quitGrace();
        return to(Phase.STOPPING, signalled.plus(current.grace));
    }

    /** Ends the grace of an agent that is stopping. */
    List<Effect> killNow(Instant now) {
        phase = switch (phase) {
            case STOPPING -> current.killed ? phase : kill(now);
            case STARTING, READY, PREPARING, WAITING, TRIPPED, FINISHED, STOPPED -> phase;
        };
        return drain();
    }

    private boolean isCurrent(long run) {
        return run == current.run && current.alive;
    }

    private Phase launch(Instant now) {
        current = new Incarnation(current.run + 1, now);
        effects.add(new Effect.Launch(current.run, port, wish.takeChanged()));
        return to(Phase.STARTING, startingDeadline());
    }

    private Instant startingDeadline() {
        return current.launchedAt.plus(livesWithoutPort() ? policy.startupWindow() : READY_LIMIT);
    }

    private boolean livesWithoutPort() {
        return policy.readyWithoutPort() && port.isEmpty();
    }

    private Phase prepare(Instant now) {
        wish.startTimer();
        if (wish.isOverdue(policy.patience(), now)) {
            wish.force();
            report(new SupervisorEvent.EndlessWriter(name, wish.owed().files()));
            return replace(now);
        }
        effects.add(wish.ask());
        return to(Phase.PREPARING, now.plus(PREPARE_LIMIT));
    }

    private Phase replace(Instant now) {
        wish.prepared();
        wish.mark("check", now);
        SupervisorEvent reloading = new SupervisorEvent.Reloading(name, wish.owed().reason());
        Phase next = current.alive ? terminate(now, policy.reloadGrace()) : launch(now);
        report(reloading); // after the deed: words take time
        return next;
    }

    private Phase refuse(String reason) {
        report(new SupervisorEvent.ReloadRefused(name, reason, current.alive));
        wish.stopTimer();
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
        backoff.ready();
        takePort(sign);
        Optional<SupervisorEvent.ReloadCompleted> completed = phase == Phase.STARTING
                ? wish.complete(name, sign.port(), current.pid, now) : Optional.empty();
        Duration took = Duration.between(current.launchedAt, now);
        report(completed.<SupervisorEvent>map(event -> event)
                .orElseGet(() -> new SupervisorEvent.Ready(name, sign.port(), current.pid, took)));
    }

    private void takePort(ReadySign sign) {
        if (sign.port().isEmpty()) {
            return;
        }
        int actual = sign.port().getAsInt();
        if (port.isPresent() && port.getAsInt() != actual) {
            report(new SupervisorEvent.PortElsewhere(name, port.getAsInt(), actual, sign.holder()));
        }
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
        wish.stopTimer();
        if (exit.success()) {
            report(new SupervisorEvent.Finished(name));
            return to(Phase.FINISHED);
        }
        if (!current.isReady() && current.startedWithin(policy.startupWindow(), at)) {
            return failStart(exit.toString(), now);
        }
        Duration delay = backoff.crashDelay(current.readyFor(at));
        report(new SupervisorEvent.Crashed(name, exit, Optional.of(delay)));
        return to(Phase.WAITING, now.plus(delay));
    }

    private Phase failStart(String why, Instant now) {
        wish.stopTimer();
        int failed = backoff.failedStart();
        if (failed >= policy.startupAttempts()) {
            report(new SupervisorEvent.BreakerTripped(name, why, failed, policy.startupWindow()));
            return to(Phase.TRIPPED);
        }
        Duration delay = backoff.startDelay();
        report(new SupervisorEvent.StartFailed(name, why, failed, policy.startupAttempts(), delay));
        return to(Phase.WAITING, now.plus(delay));
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
        if (!current.killed) {
            report(new SupervisorEvent.Killed(name, current.grace));
            return kill(now);
        }
        report(new SupervisorEvent.Unkillable(name, current.pid));
        return wanted ? phase : to(Phase.STOPPED);
    }

    private Phase terminate(Instant now, Duration grace) {
        effects.add(new Effect.Terminate(current.run));
        current.grace = grace;
        return to(Phase.STOPPING, now.plus(grace));
    }

    private Phase kill(Instant now) {
        current.killed = true;
        effects.add(new Effect.Kill(current.run));
        return to(Phase.STOPPING, now.plus(KILL_LIMIT));
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
        effects.add(new Effect.Report(event));
    }

    private List<Effect> drain() {
        List<Effect> drained = List.copyOf(effects);
        effects.clear();
        return drained;
    }
}
