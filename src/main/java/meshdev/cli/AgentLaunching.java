package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.config.AgentEnvironment;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.ProcessName;
import meshdev.process.Processes;
import meshdev.process.ReadyCondition;
import meshdev.python.ByteCode;
import meshdev.registry.Registrant;
import meshdev.registry.Registrations;
import meshdev.supervise.AgentLauncher;
import meshdev.supervise.AgentPolicy;
import meshdev.supervise.Message;

/** Gives the supervisor real processes: composes what each agent is launched with, and reports how it fares. */
final class AgentLaunching implements AgentLauncher, Successors.Specs {
    private volatile Map<String, LaunchSettings> agents;
    private final Processes processes;
    private final StabilityCheck stability;
    private final Path root;
    private final Precheck precheck;
    private final Successors successors;
    private final InstantSource clock;
    private final StateFolders states;
    private final Places places;
    private final NotebookCode notebooks = new NotebookCode();

    /** Tells whether files still are as last reported; the watcher's job. */
    interface StabilityCheck {
        /** Runs the action once if they are; reports their changes elsewhere and never runs it if not. */
        void whenStable(Set<Path> files, Runnable action);
    }

    AgentLaunching(Map<String, LaunchSettings> agents, Processes processes, StabilityCheck stability, Path root,
            Precheck precheck, StateFolders states, Successors successors, Places places, InstantSource clock) {
        this.places = places;
        this.states = states;
        this.successors = successors;
        this.clock = clock;
        this.agents = agents;
        this.root = root;
        this.precheck = precheck;
        this.processes = processes;
        this.stability = stability;
    }

    /** Where agents are found: who knows of their places in the registry, and of their ports. */
    record Places(MeshMembership mesh, OfferedPorts ports) {
    }

    /** From now on launches go by these settings. */
    void adopt(Map<String, LaunchSettings> others) {
        agents = others;
    }

    /** The rules for each agent's machine, in the order of launch. */
    static Map<String, AgentPolicy> policies(Map<String, LaunchSettings> agents) {
        Map<String, AgentPolicy> policies = new LinkedHashMap<>();
        agents.forEach((name, settings) -> policies.put(name, settings.policy()));
        return policies;
    }

    @Override
    public void warm(String agent, OptionalInt port, Set<Path> changed) {
        LaunchSettings settings = agents.get(agent);
        if (settings.manner().isPresent()) {
            successors.warm(next(agent, port), settings.manner().get(), changed);
        }
    }

    @Override
    public LaunchSpec next(String agent, OptionalInt port) {
        LaunchSettings settings = agents.get(agent);
        return spec(settings, environment(settings,
                settings.port().isPresent() ? OptionalInt.empty() : places.ports().expected(settings.agent(), port)));
    }

    @Override
    public void cool(String agent, boolean over) {
        successors.cool(agent, over);
    }

    @Override
    public void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        LaunchSettings settings = agents.get(agent);
        stability.whenStable(changed, () -> {
            if (notebooks.isUnchanged(settings.agent(), changed)) {
                inbox.accept(new Message.Unchanged(agent, ticket));
            } else if (!settings.precheck()) {
                settle(agent, ticket, changed, inbox);
            } else {
                precheck.check(settings.agent(), changed, successors.ready(agent), errors -> {
                    if (errors.isEmpty()) {
                        settle(agent, ticket, changed, inbox);
                    } else {
                        inbox.accept(new Message.Refused(agent, ticket, SourceErrorWords.objection(errors, root)));
                    }
                });
            }
        });
    }

    @Override
    public void confirm(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        stability.whenStable(changed, () -> inbox.accept(new Message.Confirmed(agent, ticket)));
    }

    private void settle(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        Instant checked = clock.instant();
        successors.settle(agent, changed).thenRun(() -> inbox.accept(
                new Message.Prepared(agent, ticket, Duration.between(checked, clock.instant()))));
    }

    @Override
    public void awaitRegistered(String agent, long run, int port, Consumer<Message> inbox) {
        String id = agents.get(agent).environment().getOrDefault(AgentEnvironment.AGENT_ID, "");
        places.mesh().serves(new Registrant(id, agent, port), new Registrations.Listener() {
            @Override
            public void registered() {
                inbox.accept(new Message.Registered(agent, run));
            }

            @Override
            public void notRegistered(Optional<Duration> late) {
                inbox.accept(new Message.NotRegistered(agent, run, late));
            }
        });
    }

    @Override
    public LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException {
        LaunchSettings settings = agents.get(order.agent());
        Agent agent = settings.agent();
        OfferedPorts.Offer offer = settings.port().isPresent() ? OfferedPorts.Offer.fixed(order.port())
                : places.ports().forLaunch(agent, order.port());
        Map<String, String> environment = environment(settings, offer.port());
        ByteCode.forget(order.changed(), environment);
        notebooks.launching(agent);
        Map<String, String> variables = variables(order, environment);
        LaunchReport report = new LaunchReport(order, offer, inbox, new LaunchReport.Witnesses(processes, successors, places));
        Successors.Launch launch = settings.manner().isPresent()
                ? successors.launch(order, new Successors.Recipe(spec(settings, environment), variables, settings.manner().get(), this),
                        report)
                : new Successors.Launch(processes.start(spec(settings, environment).with(variables), report), false);
        places.mesh().launched(agent.name());
        processes.whenReady(agent.name(), launch.process(), new ReadyCondition(agent.health(), offer.wanted()), report);
        return new Launched(launch, report);
    }

    /** What holds for more than one launch; it decides whether a successor that waits can be used. */
    private Map<String, String> environment(LaunchSettings settings, OptionalInt offered) {
        return states.opened(settings.agent().name(), withPort(settings, offered));
    }

    private Map<String, String> variables(Order order, Map<String, String> environment) {
        return "true".equals(environment.get(AgentEnvironment.PRESERVE_STATE))
                ? ReloadVariables.of(order.reloads(), order.changed(), root, order.pidBefore()) : Map.of();
    }

    private static LaunchSpec spec(LaunchSettings settings, Map<String, String> environment) {
        Agent agent = settings.agent();
        return new LaunchSpec(agent.name(), agent.command(), agent.workingDirectory(), environment, settings.stopRule());
    }

    private static Map<String, String> withPort(LaunchSettings settings, OptionalInt offered) {
        if (offered.isEmpty()) {
            return settings.environment();
        }
        Map<String, String> environment = new LinkedHashMap<>(settings.environment());
        environment.put(AgentEnvironment.HTTP_PORT, Integer.toString(offered.getAsInt()));
        return environment;
    }

    private record Launched(Successors.Launch launch, LaunchReport report) implements LaunchedAgent {
        @Override
        public long pid() {
            return launch.process().pid();
        }

        @Override
        public boolean isWarm() {
            return launch.warm();
        }

        @Override
        public List<ProcessName> living() {
            return launch.process().living();
        }

        @Override
        public void terminate() {
            report.endWanted();
            launch.process().terminate();
        }

        @Override
        public void kill() {
            report.killed();
            launch.process().kill();
        }
    }
}
