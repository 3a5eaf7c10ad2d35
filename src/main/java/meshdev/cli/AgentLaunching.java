package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.config.AgentEnvironment;
import meshdev.config.Settings;
import meshdev.process.AgentProcess;
import meshdev.process.EphemeralPorts;
import meshdev.process.ExitStatus;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.Processes;
import meshdev.process.ProcessListener;
import meshdev.process.ReadyCondition;
import meshdev.python.ByteCode;
import meshdev.supervise.AgentLauncher;
import meshdev.supervise.AgentPolicy;
import meshdev.supervise.Message;
import meshdev.watch.Debouncer;

/** Gives the supervisor real processes: composes what each agent is launched with, and reports how it fares. */
final class AgentLaunching implements AgentLauncher {
    private static final Duration RELOAD_GRACE = Duration.ofSeconds(3);
    private static final Duration QUIT_GRACE = Duration.ofSeconds(10);

    /** An agent with everything its launches have in common. */
    private record Prepared(Agent agent, Map<String, String> environment, OptionalInt port) {
    }

    private final Map<String, Prepared> agents = new LinkedHashMap<>();
    private final Settings settings;
    private final Processes processes;
    private final StabilityCheck stability;

    /** Tells whether files still are as last reported; the watcher's job. */
    interface StabilityCheck {
        /** Runs the action once if they are; reports their changes elsewhere and never runs it if not. */
        void whenStable(Set<Path> files, Runnable action);
    }

    AgentLaunching(Iterable<Agent> all, AgentEnvironment environment, Settings settings, Processes processes,
            StabilityCheck stability) {
        for (Agent agent : all) {
            Map<String, String> variables = environment.of(agent.name(), agent.port(), agent.env());
            agents.put(agent.name(), new Prepared(agent, variables, fixedPort(variables)));
        }
        this.settings = settings;
        this.processes = processes;
        this.stability = stability;
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
        Optional<Duration> grace = prepared.agent().stopTimeout().or(() -> settings.stopTimeout().map(s -> s.value()));
        return new AgentPolicy(settings.startupAttempts().value(), settings.startupWindow().value(),
                grace.orElse(RELOAD_GRACE), grace.orElse(QUIT_GRACE), Debouncer.cap(settings.reloadDelay().value()),
                prepared.port(), prepared.agent().health().isEmpty());
    }

    @Override
    public void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        stability.whenStable(changed, () -> inbox.accept(new Message.Prepared(agent, ticket)));
    }

    @Override
    public LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException {
        Prepared prepared = agents.get(order.agent());
        Agent agent = prepared.agent();
        Map<String, String> environment = withPort(prepared.environment(), order.port());
        ByteCode.forget(order.changed(), environment);
        LaunchSpec spec = new LaunchSpec(agent.name(), agent.command(), agent.workingDirectory(), environment);
        AgentProcess process = processes.start(spec, reporter(order, inbox));
        processes.whenReady(agent.name(), process, new ReadyCondition(agent.health(), order.port()),
                sign -> inbox.accept(new Message.Ready(agent.name(), order.run(), sign)));
        return new Launched(process, agent.stopSignal().orElse("TERM"));
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

    private static ProcessListener reporter(Order order, Consumer<Message> inbox) {
        return new ProcessListener() {
            @Override
            public void leaderExited(ExitStatus exit) {
                inbox.accept(new Message.LeaderExited(order.agent(), order.run(), exit));
            }

            @Override
            public void gone(ExitStatus exit) {
                inbox.accept(new Message.Gone(order.agent(), order.run(), exit));
            }
        };
    }

    private record Launched(AgentProcess process, String stopSignal) implements LaunchedAgent {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void terminate() {
            process.terminate(stopSignal);
        }

        @Override
        public void kill() {
            process.kill();
        }
    }
}
