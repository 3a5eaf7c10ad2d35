package meshdev.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.config.AgentEnvironment;
import meshdev.process.AgentProcess;
import meshdev.process.EphemeralPorts;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.ProcessName;
import meshdev.process.Processes;
import meshdev.process.ReadyCondition;
import meshdev.python.ByteCode;
import meshdev.supervise.AgentLauncher;
import meshdev.supervise.AgentPolicy;
import meshdev.supervise.Message;

/** Gives the supervisor real processes: composes what each agent is launched with, and reports how it fares. */
final class AgentLaunching implements AgentLauncher {
    private volatile Map<String, LaunchSettings> agents;
    private final Processes processes;
    private final StabilityCheck stability;
    private final Path root;
    private final Precheck precheck;
    private final StateFolders states;
    private final NotebookCode notebooks = new NotebookCode();

    /** Tells whether files still are as last reported; the watcher's job. */
    interface StabilityCheck {
        /** Runs the action once if they are; reports their changes elsewhere and never runs it if not. */
        void whenStable(Set<Path> files, Runnable action);
    }

    AgentLaunching(Map<String, LaunchSettings> agents, Processes processes, StabilityCheck stability, Path root,
            Precheck precheck, StateFolders states) {
        this.agents = agents;
        this.root = root;
        this.precheck = precheck;
        this.states = states;
        this.processes = processes;
        this.stability = stability;
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
    public void prepare(String agent, long ticket, Set<Path> changed, Consumer<Message> inbox) {
        LaunchSettings settings = agents.get(agent);
        stability.whenStable(changed, () -> {
            if (notebooks.isUnchanged(settings.agent(), changed)) {
                inbox.accept(new Message.Unchanged(agent, ticket));
            } else if (!settings.precheck()) {
                inbox.accept(new Message.Prepared(agent, ticket));
            } else {
                precheck.check(settings.agent(), changed, errors -> inbox.accept(errors.isEmpty()
                        ? new Message.Prepared(agent, ticket)
                        : new Message.Refused(agent, ticket, SourceErrorWords.objection(errors, root))));
            }
        });
    }

    @Override
    public LaunchedAgent go(Order order, Consumer<Message> inbox) throws LaunchException {
        LaunchSettings settings = agents.get(order.agent());
        Agent agent = settings.agent();
        Map<String, String> environment = states.opened(agent.name(), withPort(settings, order.port()));
        ByteCode.forget(order.changed(), environment);
        notebooks.launching(agent);
        LaunchSpec spec = new LaunchSpec(agent.name(), agent.command(), agent.workingDirectory(), environment,
                settings.stopRule());
        LaunchReport report = new LaunchReport(order, processes, inbox);
        AgentProcess process = processes.start(spec, report);
        processes.whenReady(agent.name(), process, new ReadyCondition(agent.health(), order.port()), report);
        return new Launched(process, report);
    }

    /**
     * Offers a port that the system once picked again. One that the agent's own code named is not offered: the variable
     * would beat the code, and a port changed there would never take effect.
     */
    private static Map<String, String> withPort(LaunchSettings settings, OptionalInt before) {
        Map<String, String> environment = settings.environment();
        if (before.isEmpty() || settings.port().isPresent()
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
