package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meshdev.process.LaunchException;
import meshdev.supervise.AgentLauncher.LaunchedAgent;

/**
 * Owns all agents' state. One thread, the one that calls {@link #run}, takes messages and deadlines one at a time and
 * does what the machines answer; everybody else only {@link #post}s.
 */
public final class Supervisor {
    /** More messages than ever wait at once; who posts beyond it waits. */
    private static final int INBOX_LIMIT = 10_000;
    /** Awake so much later than asked for, mesh-dev itself did not run: stopped by Ctrl-Z or a debugger, or starved. */
    private static final Duration STALL = Duration.ofSeconds(1);
    /** After a stall the other threads need that long to tell what happened meanwhile. */
    private static final Duration NEWS_TAKE = Duration.ofMillis(200);

    /**
     * What comes so soon after a wish to quit belongs to it: {@code timeout} signals a process and then its group, and a script
     * passes on the Ctrl-C that the terminal has sent to all. Counted from when the first one was carried out: nobody can have
     * read before that what a second one does.
     */
    static final Duration TOGETHER = Duration.ofMillis(200);

    private final Map<String, AgentMachine> machines = new LinkedHashMap<>();
    private final Map<String, LaunchedAgent> processes = new LinkedHashMap<>();
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>(INBOX_LIMIT);
    private final StartOrder order = new StartOrder();
    private final Decisions decisions;
    private final PendingChanges pending;
    private final AgentLauncher launcher;
    private final Consumer<SupervisorEvent> listener;
    private final InstantSource clock;
    private final Succession succession = new Succession();
    private OptionalInt exitCode = OptionalInt.empty();
    /** When the last wish to quit was carried out. */
    private Optional<Instant> askedToQuit = Optional.empty();

    /**
     * @param policies the rules for each agent, by name, in the order of launch
     * @param pending  knows the same agents
     * @param listener called on the supervisor's thread; must not block for long
     * @param clock    monotonic
     */
    public Supervisor(Map<String, AgentPolicy> policies, PendingChanges pending, AgentLauncher launcher,
            Consumer<SupervisorEvent> listener, InstantSource clock) {
        policies.forEach((name, policy) -> {
            machines.put(name, new AgentMachine(name, policy));
            order.add(name, policy.dependsOn(), clock.instant());
        });
        this.decisions = new Decisions(listener, clock);
        this.pending = pending;
        this.launcher = launcher;
        this.listener = listener;
        this.clock = clock;
    }

    /** Hands a message in; from any thread. Waits only when the inbox is full. */
    public void post(Message message) {
        try {
            inbox.put(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Launches every agent that waits for no other. Call once, on the thread that runs the loop next. */
    public void start() {
        startReleased();
    }

    private void startReleased() {
        for (StartOrder.Release next : order.release(clock.instant(), this::standing)) {
            execute(next.agent(), machine(next.agent()).start(clock.instant()));
            if (!next.without().isEmpty()) {
                listener.accept(new SupervisorEvent.StartsWithout(next.agent(), next.without()));
            }
        }
        for (Map.Entry<String, Set<String>> held : order.newlyHeld().entrySet()) {
            listener.accept(new SupervisorEvent.WaitsFor(held.getKey(), held.getValue()));
        }
    }

    private StartOrder.Standing standing(String agent) {
        return machines.containsKey(agent) ? machine(agent).standing() : StartOrder.Standing.GONE;
    }

    /** Runs until every agent is down after a {@link Message.Quit}. Returns its exit code. */
    public int run() throws InterruptedException {
        while (!isOver()) {
            try {
                turn();
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                fault(e);
            }
        }
        return exitCode.orElseThrow();
    }

    /** One agent's fault must not end the others. Without memory the program's own handler ends everything. */
    private void fault(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, cause);
        }
        listener.accept(new SupervisorEvent.Fault(cause));
    }

    private boolean isOver() {
        return exitCode.isPresent()
                && machines.values().stream().allMatch(machine -> machine.phase() == Phase.STOPPED);
    }

    private void turn() throws InterruptedException {
        Optional<Instant> next = nextDeadline();
        Message message = next.isPresent()
                ? inbox.poll(Duration.between(clock.instant(), next.get()).toNanos(), TimeUnit.NANOSECONDS)
                : inbox.take();
        handle(Optional.ofNullable(message));
    }

    /** What a turn does when it has waited: delivers the message, if there was one, and runs what is due. */
    void handle(Optional<Message> message) {
        forgiveStall();
        message.ifPresent(this::deliver);
        runDue();
    }

    /**
     * After a stall the agents' deadlines lie a moment ahead again: what happened meanwhile is told first, so nobody is
     * killed or called late who ended or got ready in time.
     */
    private void forgiveStall() {
        Optional<Instant> due = nextDeadline();
        Instant now = clock.instant();
        if (due.isPresent() && now.isAfter(due.get().plus(STALL))) {
            Duration lost = Duration.between(due.get(), now).plus(NEWS_TAKE);
            machines.values().forEach(machine -> machine.skip(lost));
            order.skip(lost);
        }
    }

    private Optional<Instant> nextDeadline() {
        Optional<Instant> next = earlier(pending.nextDeadline(), order.deadline());
        for (AgentMachine machine : machines.values()) {
            next = earlier(next, machine.deadline());
        }
        return next;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isBefore(one.get()) ? other : one;
    }

    private void deliver(Message message) {
        Instant now = clock.instant();
        if (message instanceof Message.FilesChanged changed) {
            filesChanged(changed);
        } else if (message instanceof Message.FilesRefused refused) {
            decisions.refused(refused);
        } else if (message instanceof Message.Searching searching) {
            pending.searching(searching.number(), searching.files(), now);
        } else if (message instanceof Message.Searched searched) {
            pending.searched(searched.number());
        } else if (message instanceof Message.Reconfigured reconfigured) {
            reconfigure(reconfigured.to(), now);
        } else if (message instanceof Message.Prepared prepared) {
            execute(prepared.agent(), machine(prepared.agent()).prepared(prepared.ticket(), prepared.warming(), now));
        } else if (message instanceof Message.Refused refused) {
            execute(refused.agent(), machine(refused.agent()).refused(refused.ticket(), refused.objection(), now));
        } else if (message instanceof Message.Unchanged unchanged) {
            execute(unchanged.agent(), machine(unchanged.agent()).unchanged(unchanged.ticket(), now));
        } else if (message instanceof Message.Confirmed confirmed) {
            execute(confirmed.agent(), machine(confirmed.agent()).confirmed(confirmed.ticket(), now));
        } else if (message instanceof Message.LeaderExited exited) {
            execute(exited.agent(), machine(exited.agent()).leaderExited(exited.run(), exited.exit(), exited.left(), now));
        } else if (message instanceof Message.Gone gone) {
            execute(gone.agent(), machine(gone.agent()).gone(gone.run(), gone.exit(), gone.portHolder(), now));
        } else if (message instanceof Message.Ready ready) {
            execute(ready.agent(), machine(ready.agent()).ready(ready.run(), ready.sign(), now));
        } else if (message instanceof Message.Registered registered) {
            execute(registered.agent(), machine(registered.agent()).registered(registered.run(), now));
        } else if (message instanceof Message.NotRegistered not) {
            execute(not.agent(), machine(not.agent()).notRegistered(not.run(), not.late()));
        } else if (message instanceof Message.Quit quit) {
            askedToQuit(quit.exitCode(), now);
        } else if (message instanceof Message.OutputClosed closed) {
            quit(closed.exitCode(), false, now);
        } else {
            throw new IllegalArgumentException("unknown message " + message);
        }
    }

    private AgentMachine machine(String agent) {
        return machines.get(agent);
    }

    private void filesChanged(Message.FilesChanged message) {
        pending.note(message, decisions::planned)
                .forEach((agent, touch) -> execute(agent,
                        machine(agent).changed(touch.files(), touch.certain(), message.at())));
    }

    /** A run that ends changes no more. */
    private void reconfigure(Reconfiguration to, Instant now) {
        if (exitCode.isPresent()) {
            return;
        }
        to.taking().run();
        pending.follow(to.agents(), to.planner(), to.quietTime());
        to.policies().forEach((name, policy) -> {
            machines.computeIfAbsent(name, added -> new AgentMachine(added, policy));
            execute(name, machine(name).reconfigure(policy, to.forgiven()));
        });
        to.leaving().forEach(name -> {
            succession.leave(name);
            order.forget(name);
            execute(name, machine(name).stop(now));
        });
        to.arriving().forEach((name, after) -> {
            machine(name).arrive();
            succession.arrive(name, after);
        });
        to.restarts().forEach((name, reload) -> execute(name, machine(name).restart(reload, now)));
    }

    private void succeed(Instant now) {
        succession.takeGone(this::isDown).forEach(name -> listener.accept(new SupervisorEvent.Left(name)));
        succession.takeDue(this::isDown).forEach(name -> order.add(name, machine(name).dependsOn(), now));
    }

    private boolean isDown(String agent) {
        return machine(agent).phase() == Phase.STOPPED;
    }

    private void askedToQuit(int code, Instant now) {
        boolean same = askedToQuit.isPresent() && now.isBefore(askedToQuit.get().plus(TOGETHER));
        if (!same) {
            quit(code, askedToQuit.isPresent(), now);
            askedToQuit = Optional.of(now);
        }
    }

    private void quit(int code, boolean atOnce, Instant now) {
        if (exitCode.isPresent() && !atOnce) {
            return;
        }
        exitCode = OptionalInt.of(exitCode.orElse(code));
        succession.close();
        listener.accept(new SupervisorEvent.Quitting((int) machines.values().stream().filter(AgentMachine::isAlive).count(), atOnce));
        machines.keySet().forEach(order::forget);
        machines.forEach((name, machine) -> execute(name, atOnce ? machine.killNow(now) : machine.stop(now)));
    }

    private void runDue() {
        forgiveStall(); // it may have come while a message was delivered
        Instant now = clock.instant();
        Set<Path> logOnly = pending.dueForLog(now);
        if (!logOnly.isEmpty()) {
            listener.accept(new SupervisorEvent.LogOnly(logOnly));
        }
        for (PendingChanges.Due due : pending.due(now)) {
            execute(due.agent(), become(due, now));
        }
        Set<Path> nobodys = pending.dueForNobody(now);
        if (!nobodys.isEmpty()) {
            listener.accept(new SupervisorEvent.NobodyConcerned(nobodys));
        }
        machines.forEach((name, machine) -> execute(name, machine.tick(now)));
        succeed(now);
        startReleased();
    }

    private List<Effect> become(PendingChanges.Due due, Instant now) {
        AgentMachine machine = machine(due.agent());
        if (due instanceof PendingChanges.Due.Affected affected) {
            return machine.reload(affected.reload(), now);
        }
        return due instanceof PendingChanges.Due.Lost ? machine.missing() : machine.unconcerned(now);
    }

    /** Kills whatever lives; for an end that nobody planned. */
    public void killAll() {
        for (LaunchedAgent process : processes.values()) {
            try {
                process.kill();
            } catch (RuntimeException | LinkageError e) {
                listener.accept(new SupervisorEvent.Fault(e)); // the others are to be killed all the same
            }
        }
    }

    private void execute(String agent, List<Effect> effects) {
        for (Effect effect : effects) {
            try {
                execute(agent, effect);
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                fault(e); // what the machine wants next must be done all the same
            }
        }
    }

    private void execute(String agent, Effect effect) {
        if (effect instanceof Effect.AwaitQuiet changed) {
            pending.await(agent, changed.files(), changed.seenAt());
        } else if (effect instanceof Effect.Warm warm) {
            launcher.warm(agent, warm.port(), warm.changed());
        } else if (effect instanceof Effect.Cool cool) {
            launcher.cool(agent, cool.over());
        } else if (effect instanceof Effect.Prepare prepare) {
            launcher.prepare(agent, prepare.ticket(), prepare.changed(), this::post);
        } else if (effect instanceof Effect.Confirm confirm) {
            launcher.confirm(agent, confirm.ticket(), confirm.changed(), this::post);
        } else if (effect instanceof Effect.AwaitRegistered await) {
            launcher.awaitRegistered(agent, await.run(), await.port(), this::post);
        } else if (effect instanceof Effect.Launch launch) {
            launch(agent, launch);
        } else if (effect instanceof Effect.Terminate) {
            processes.get(agent).terminate();
        } else if (effect instanceof Effect.Kill) {
            processes.get(agent).kill();
        } else if (effect instanceof Effect.Report report) {
            decisions.reported(report.event());
            listener.accept(report.event());
        } else if (effect instanceof Effect.ReportLiving report) {
            listener.accept(report.event().apply(processes.get(agent).living()));
        } else {
            throw new IllegalArgumentException("unknown effect " + effect);
        }
    }

    private void launch(String agent, Effect.Launch launch) {
        AgentMachine machine = machine(agent);
        List<Effect> next;
        try {
            OptionalLong before = processes.containsKey(agent) ? OptionalLong.of(processes.get(agent).pid()) : OptionalLong.empty();
            LaunchedAgent process = launcher.go(new AgentLauncher.Order(agent, launch.run(), launch.port(), launch.changed(),
                    launch.reloads(), before, launch.cold()), this::post);
            processes.put(agent, process);
            next = machine.launched(launch.run(), process.pid(), process.isWarm(), clock.instant());
        } catch (LaunchException e) {
            next = machine.launchFailed(launch.run(), e.getMessage(), clock.instant());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            fault(e);
            next = machine.launchFailed(launch.run(), "internal error", clock.instant());
        }
        execute(agent, next);
    }
}
