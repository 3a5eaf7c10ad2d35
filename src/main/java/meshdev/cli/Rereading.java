package meshdev.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import meshdev.agent.Agent;
import meshdev.agent.AgentFinder;
import meshdev.agent.Discovery;
import meshdev.agent.Interpreter;
import meshdev.agent.Interpreters;
import meshdev.agent.Roster;
import meshdev.config.AgentEnvironment;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.DotEnv;
import meshdev.config.EnvironmentSources;
import meshdev.config.Meshwatch;
import meshdev.config.Settings;
import meshdev.watch.Verdict;
import meshdev.watch.WatchRules;

/** Reads a project again while its agents run: what is said now, and who is an agent now. Starts and stops nothing. */
final class Rereading {
    private final Project before;
    private final BiPredicate<Path, Path> moved;

    /** @param moved whether the second path is the file that was last seen under the first one */
    Rereading(Project before, BiPredicate<Path, Path> moved) {
        this.before = before;
        this.moved = moved;
    }

    /** A project with the roster it came from. */
    record Result(Project project, Roster roster) {
    }

    /**
     * Reads the files of the configuration and looks for agents, or only the latter.
     *
     * @throws ConfigException for the first thing that is wrong; the project before stays in force then
     */
    Result read(boolean configuration) {
        Meshwatch meshwatch = configuration ? before.basis().readMeshwatch(before.meshwatch()) : before.meshwatch();
        DotEnv dotEnv = configuration ? before.basis().readDotEnv() : before.dotEnv();
        Roster[] roster = new Roster[1];
        Project after = Project.of(before.basis(), meshwatch, dotEnv, (settings, rules) -> {
            Discovery found = search(meshwatch, settings, rules);
            roster[0] = Roster.after(before.discovery().agents(), found.agents(), knowledge(meshwatch, rules));
            return new Discovery(required(roster[0].agents()), found.skipped(), found.warnings(), found.leftOut(),
                    before.discovery().interpreter().or(found::interpreter));
        }, configuration ? this::environment : sources -> before.environment().severalAgents(sources.severalAgents()));
        return new Result(after, roster[0]);
    }

    private AgentEnvironment environment(EnvironmentSources sources) {
        AgentEnvironment after = AgentEnvironment.load(sources);
        after.refuseNewFaults(before.environment());
        return after;
    }

    /** The interpreter stays: an agent that comes must not restart the others with another one. */
    private Discovery search(Meshwatch meshwatch, Settings settings, WatchRules rules) {
        Interpreters interpreters = Project.interpreters(before.basis(), settings);
        return new AgentFinder(before.basis().place(), meshwatch.without(lost(meshwatch)),
                path -> Project.isExcluded(path, rules), () -> before.discovery().interpreter().orElseGet(interpreters::choose))
                .search(before.basis().start().present(), running());
    }

    private Map<Path, String> running() {
        Map<Path, String> running = new HashMap<>();
        before.discovery().agents().forEach(agent -> running.put(agent.file(), agent.name()));
        return running;
    }

    /** Agents of {@code agents:} whose file is gone: they are kept, while an unknown name with no file is a fault. */
    private Set<String> lost(Meshwatch meshwatch) {
        Set<String> lost = new HashSet<>();
        for (Agent agent : before.discovery().agents()) {
            AgentSettings settings = meshwatch.agents().get(agent.name());
            if (settings != null && settings.path().isPresent() && !Files.exists(agent.file())) {
                lost.add(agent.name());
            }
        }
        return lost;
    }

    private Roster.Knowledge knowledge(Meshwatch after, WatchRules rules) {
        Set<String> declaredBefore = declared(before.meshwatch());
        Set<String> declared = declared(after);
        return new Roster.Knowledge(
                agent -> declaredBefore.contains(agent.name()) && !declared.contains(agent.name())
                        || excluded(agent, rules) && !excluded(agent, before.rules()),
                (agent, other) -> !Files.exists(agent.file()) && moved.test(agent.file(), other.file()),
                (agent, other) -> declaredBefore.contains(agent.name()) || declared.contains(other.name()));
    }

    private static boolean excluded(Agent agent, WatchRules rules) {
        return rules.decide(agent.file()).verdict() == Verdict.EXCLUDED;
    }

    /** The agents that {@code agents:} makes agents or gives their names. */
    private static Set<String> declared(Meshwatch meshwatch) {
        Set<String> names = new HashSet<>();
        meshwatch.agents().forEach((name, settings) -> {
            if (settings.path().isPresent() || !settings.command().isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    private static List<Agent> required(List<Agent> agents) {
        if (agents.isEmpty()) {
            throw new ConfigException(".meshwatch: leaves no agent at all; see exclude and agents in it");
        }
        return agents;
    }
}
