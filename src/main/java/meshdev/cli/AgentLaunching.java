package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.agent.Dependencies;
import meshdev.config.AgentEnvironment;
import meshdev.config.Settings;
import meshdev.config.Sourced;
import meshdev.process.AgentProcess;
import meshdev.process.EphemeralPorts;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.ProcessName;
import meshdev.process.Processes;
import meshdev.process.ReadyCondition;
import meshdev.process.StopRule;
import meshdev.python.ByteCode;
import meshdev.supervise.AgentLauncher;
import meshdev.supervise.AgentPolicy;
import meshdev.supervise.Message;
import meshdev.watch.Debouncer;

/** Gives the supervisor real processes: composes what each agent is launched with, and reports how it fares. */
final class AgentLaunching implements AgentLauncher {
    private static final Duration QUIT_GRACE = Duration.ofSeconds(10);

    /** An agent with everything its launches have in common. */
    private record Prepared(Agent agent, Map<String, String> environment, OptionalInt port, StopRule stopRule) {
    }

    private final Map<String, Prepared> agents = new LinkedHashMap<>();
    private final Dependencies dependencies;
    private final Settings settings;
    private final Processes processes;
    private final StabilityCheck stability;
    private final Path root;
    private final Precheck precheck;
    private final NotebookCode notebooks = new NotebookCode();

    /** Tells whether files still are as last reported; the watcher's job. */
    interface StabilityCheck {
        /** Runs the action once if they are; reports their changes elsewhere and never runs it if not. */
        void whenStable(Set<Path> files, Runnable action);
    }

    AgentLaunching(Project project, Processes processes, StabilityCheck stability, Precheck precheck) {
        this.settings = project.settings();
        this.dependencies = project.dependencies();
        for (Agent agent : project.discovery().agents()) {
            Map<String, String> variables = project.environment().of(agent.name(), agent.port(), agent.env());
            agents.put(agent.name(), new Prepared(agent, variables, fixedPort(variables), stopRule(agent, settings)));
        }
        this.processes = processes;
        this.stability = stability;
        this.root = project.root();
        this.precheck = precheck;
    }

    private static StopRule stopRule(Agent agent, Settings settings) {
        return new StopRule(agent.stopSignal().orElse("TERM"), grace(agent, settings).orElse(StopRule.USUAL_GRACE));
    }

    /** What was said of how long a stop may take; the same for every kind of stop. */
    private static Optional<Duration> grace(Agent agent, Settings settings) {
        Optional<Duration> own = agent.stopTimeout();
        return own.isPresent() ? own : settings.stopTimeout().map(Sourced::value);
    }

    /** The port the agent was told to take; 0 asks for any. */
    private static OptionalInt fixedPort(Map<String, String> environment) {
        String port = environment.getOrDefault(AgentEnvironment.HTTP_PORT, "");
        boolean number = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && Integer.parseInt(port) > 0 ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
    }

    /** The rules for each agent's machine, in the order of launch. */
    Map<String, AgentPolicy> policies() {
        Map<String, AgentPolicy> policies = new LinkedHashMap<>();
        agents.forEach((name, prepared) -> policies.put(name, policy(prepared)));
        return policies;
    }

    private AgentPolicy policy(Prepared prepared) {
        Optional<Duration> grace = grace(prepared.agent(), settings);
        return new AgentPolicy(prepared.agent().file(), settings.startupAttempts().value(), settings.startupWindow().value(),
                grace.orElse(StopRule.USUAL_GRACE), grace.orElse(QUIT_GRACE), Debouncer.cap(settings.reloadDelay().value()),
                prepared.port(), prepared.agent().health().isEmpty(), dependencies.of(prepared.agent().name()));
    }

    @Override
    public void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        Agent concerned = agents.get(agent).agent();
        stability.whenStable(changed, () -> {
            if (notebooks.isUnchanged(concerned, changed)) {
                inbox.accept(new Message.Unchanged(agent, ticket));
            } else if (!settings.precheck().value()) {
                inbox.accept(new Message.Prepared(agent, ticket));
            } else {
                precheck.check(concerned, changed, errors -> inbox.accept(errors.isEmpty() ? new Message.Prepared(agent, ticket)
                        : new Message.Refused(agent, ticket, SourceErrorWords.objection(errors, root))));
            }
        });
    }

    @Override
    public LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException {
        Prepared prepared = agents.get(order.agent());
        Agent agent = prepared.agent();
        Map<String, String> environment = withPort(prepared.environment(), order.port());
        ByteCode.forget(order.changed(), environment);
        notebooks.launching(agent);
        LaunchSpec spec = new LaunchSpec(agent.name(), agent.command(), agent.workingDirectory(), environment,
                prepared.stopRule());
        LaunchReport report = new LaunchReport(order, processes, inbox);
        AgentProcess process = processes.start(spec, report);
        processes.whenReady(agent.name(), process, new ReadyCondition(agent.health(), order.port()), report);
        return new Launched(process, report);
    }

    /**
     * Offers a port that the system once picked again. One that the agent's own code named is not offered: the variable
     * would beat the code, and a port changed there would never take effect.
     */
    private static Map<String, String> withPort(Map<String, String> environment, OptionalInt before) {
        if (before.isEmpty() || fixedPort(environment).isPresent()
                || !EphemeralPorts.ofThisSystem().contains(before.getAsInt())) {
            return environment;
        }
        Map<String, String> offered = new LinkedHashMap<>(environment);
        offered.put(AgentEnvironment.HTTP_PORT, Integer.toString(before.getAsInt()));
        return offered;
    }

    private record Launched(AgentProcess process, LaunchReport report) implements LaunchedAgent {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public List<ProcessName> living() {
            return process.living();
        }

        @Override
        public void terminate() {
            report.endWanted();
            process.terminate();
        }

        @Override
        public void kill() {
            report.endWanted();
            process.kill();
        }
    }
}
