package meshdev.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.agent.Agent;
import meshdev.config.AgentEnvironment;
import meshdev.config.RegistryVariables;
import meshdev.config.Settings;
import meshdev.config.Sourced;
import meshdev.config.Strategy;
import meshdev.process.StopRule;
import meshdev.python.Successor;
import meshdev.supervise.AgentPolicy;
import meshdev.watch.Debouncer;

/**
 * An agent with everything its launches have in common, and the rules for its machine.
 *
 * @param environment in full; secret
 * @param port        the one it was told to take
 * @param precheck    whether sources are compiled before a reload
 * @param manner      how its runner is to run it; empty when it is started without one
 */
record LaunchSettings(Agent agent, Map<String, String> environment, OptionalInt port, StopRule stopRule, AgentPolicy policy,
        boolean precheck, Optional<Successor.Manner> manner) {
    private static final Duration QUIT_GRACE = Duration.ofSeconds(10);

    /** Of all agents, by name, in the order of launch. */
    static Map<String, LaunchSettings> of(Project project) {
        Map<String, LaunchSettings> all = new LinkedHashMap<>();
        for (Agent agent : project.discovery().agents()) {
            all.put(agent.name(), of(agent, project));
        }
        return all;
    }

    private static LaunchSettings of(Agent agent, Project project) {
        Settings settings = project.settings();
        Map<String, String> environment = project.environment().of(agent.name(), agent.port(), agent.env());
        Optional<Duration> grace = grace(agent, settings);
        StopRule stopRule = new StopRule(agent.stopSignal().orElse("TERM"), grace.orElse(StopRule.USUAL_GRACE));
        OptionalInt port = fixedPort(environment);
        AgentPolicy policy = new AgentPolicy(agent.file(), settings.startupAttempts().value(), settings.startupWindow().value(),
                grace.orElse(StopRule.USUAL_GRACE), grace.orElse(QUIT_GRACE), Debouncer.cap(settings.reloadDelay().value()),
                port, agent.health().isEmpty(), project.dependencies().of(agent.name()), registers(environment, project));
        return new LaunchSettings(agent, environment, port, stopRule, policy, settings.precheck().value(), manner(agent, project));
    }

    /** An agent that is told of another registry than the run's is not looked for in that. */
    private static boolean registers(Map<String, String> environment, Project project) {
        String run = project.registry().values().get(RegistryVariables.URL);
        return !project.basis().options().noRegistry() && run.equals(environment.get(RegistryVariables.URL));
    }

    /** For programs of the chosen Python of which nothing but their file is said; without reloads only so that they end well. */
    private static Optional<Successor.Manner> manner(Agent agent, Project project) {
        Settings settings = project.settings();
        boolean reloads = settings.hotReload().value();
        boolean preserves = settings.preserveState().value();
        boolean plain = agent.kind() == Agent.Kind.PYTHON && settings.runner().value() && (reloads || preserves)
                && project.discovery().interpreter().isPresent()
                && agent.command().equals(List.of(project.discovery().interpreter().get().path().toString(), agent.file().toString()));
        return plain ? Optional.of(new Successor.Manner(reloads && settings.strategy().value() == Strategy.REFRESH, false, preserves))
                : Optional.empty();
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

    /** Leaves out the environment: its values may be secret. */
    @Override
    public String toString() {
        return "LaunchSettings[" + agent.name() + "]";
    }
}
