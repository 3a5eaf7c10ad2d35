package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.agent.AgentFinder;
import meshdev.agent.Dependencies;
import meshdev.agent.Discovery;
import meshdev.agent.ImportKnowledge;
import meshdev.agent.InterpreterProbe;
import meshdev.agent.Interpreters;
import meshdev.agent.OtherAgents;
import meshdev.agent.PathMatch;
import meshdev.agent.PortClaims;
import meshdev.agent.ReloadPlanner;
import meshdev.agent.ShimCache;
import meshdev.agent.StartPaths;
import meshdev.agent.Surroundings;
import meshdev.config.AgentEnvironment;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.DotEnv;
import meshdev.config.EnvironmentSources;
import meshdev.config.Meshwatch;
import meshdev.config.ProjectRoot;
import meshdev.config.RegistryVariables;
import meshdev.config.Settings;
import meshdev.config.SettingsResolver;
import meshdev.config.Sourced;
import meshdev.process.OutputFiles;
import meshdev.process.PythonProbe;
import meshdev.watch.Decision;
import meshdev.watch.RuleSources;
import meshdev.watch.Verdict;
import meshdev.watch.WatchRules;
import meshdev.watch.Watcher;

/**
 * Everything that was said and found about a project, checked; nothing is started yet.
 *
 * @param basis     what no edit can change
 * @param meshwatch as last read without a fault
 * @param dotEnv    the project's {@code .env}, likewise
 * @param warnings  whole sentences for the user
 */
record Project(Basis basis, Meshwatch meshwatch, DotEnv dotEnv, Settings settings, WatchRules rules,
        Discovery discovery, Dependencies dependencies, AgentEnvironment environment, List<String> warnings) {

    /** @throws ConfigException for the first thing that is wrong */
    static Project load(Options options, Caller caller) {
        Path here = caller.workingDirectory();
        Path root = ProjectRoot.find(OptionsReader.paths(options.paths()), here).folder();
        Surroundings place = new Surroundings(caller.environment(), here, root, library());
        StartPaths start = StartPaths.of(options.paths(), place);
        Path file = Basis.meshwatchFile(options, root, caller);
        Meshwatch meshwatch = Basis.readMeshwatch(options, file, here);
        DotEnv dotEnv = Basis.readDotEnv(root, here);
        RegistryVariables registry = RegistryVariables.capture(options.flags(), caller.environment(), dotEnv);
        Basis basis = new Basis(options, caller, place, start, start.folders(), start.files(), file, registry, dotEnv);
        return of(basis, meshwatch, dotEnv, (settings, rules) -> discover(basis, meshwatch, rules, settings), AgentEnvironment::load);
    }

    /** How agents are found once the rules are known. */
    interface Search {
        Discovery find(Settings settings, WatchRules rules);
    }

    /** How it is known what agents' environments are. */
    interface Environments {
        AgentEnvironment of(EnvironmentSources sources);
    }

    /** @throws ConfigException for the first thing that is wrong */
    static Project of(Basis basis, Meshwatch meshwatch, DotEnv dotEnv, Search search, Environments environments) {
        Options options = basis.options();
        Caller caller = basis.caller();
        Path here = caller.workingDirectory();
        Settings settings = new SettingsResolver(options.flags(), caller.environment(), meshwatch, basis.registry())
                .resolve(here, caller.userHome());
        WatchRules rules = WatchRules.compile(ruleSources(basis, meshwatch, settings));
        Discovery discovery = search.find(settings, rules);
        PortClaims.check(meshwatch.agents(), discovery.agents());
        Dependencies dependencies = Dependencies.check(meshwatch.agents(), discovery.agents(),
                () -> new OtherAgents(basis.place(), path -> isExcluded(path, rules)).names(basis.start()));
        AgentEnvironment environment = environments.of(new EnvironmentSources(options.flags(),
                caller.environment(), RegistryVariables.pinned(dotEnv, basis.dotEnv()), meshwatch, basis.registry(),
                basis.root(), here, settings.hotReload().value(),
                discovery.agents().size() > 1, library().resolve("python"), states(settings, basis.root())));
        List<String> warnings = new ArrayList<>(meshwatch.warnings());
        warnings.addAll(rules.warnings());
        warnings.addAll(discovery.warnings());
        warnings.addAll(dependencies.warnings());
        warnings.addAll(environment.warnings());
        addPortConflicts(warnings, discovery, environment);
        warnings.addAll(unwatched(discovery, rules, settings, here));
        return new Project(basis, meshwatch, dotEnv, settings, rules, discovery, dependencies, environment, List.copyOf(warnings));
    }

    private static Path library() {
        return Path.of(System.getProperty("meshdev.home", ""), "lib");
    }

    private static Optional<Path> states(Settings settings, Path root) {
        return settings.preserveState().value() ? Optional.of(StateFolders.of(settings.home(), root)) : Optional.empty();
    }

    /** The same with other agents. */
    Project withAgents(List<Agent> agents) {
        return new Project(basis, meshwatch, dotEnv, settings, rules, new Discovery(agents, discovery.skipped(),
                discovery.warnings(), discovery.leftOut(), discovery.interpreter()), dependencies, environment, warnings);
    }

    /** The names of all agents. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        discovery.agents().forEach(agent -> names.add(agent.name()));
        return names;
    }

    /** What globs and names are relative to. */
    Path root() {
        return basis.root();
    }

    RegistryVariables registry() {
        return basis.registry();
    }

    private static void addPortConflicts(List<String> warnings, Discovery discovery, AgentEnvironment environment) {
        for (Agent agent : discovery.agents()) {
            if (agent.port().isPresent()) {
                environment.portConflict(agent.name(), agent.port().getAsInt(), agent.env()).ifPresent(warnings::add);
            }
        }
    }

    private static RuleSources ruleSources(Basis basis, Meshwatch meshwatch, Settings settings) {
        Path root = basis.root();
        Set<Path> folders = new LinkedHashSet<>(basis.folders());
        basis.files().forEach(file -> folders.add(file.getParent()));
        for (AgentSettings agent : meshwatch.agents().values()) {
            agent.path().ifPresent(path -> folders.add(root.resolve(path.value()).normalize().getParent()));
        }
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        return new RuleSources(root, meshwatch, settings.watchExtensions(), List.copyOf(folders), basis.files(),
                basis.configuration(meshwatch), own(settings), mac);
    }

    /** What mesh-dev itself writes: its home, and files that its output was redirected to. */
    private static List<Path> own(Settings settings) {
        List<Path> own = new ArrayList<>(OutputFiles.ofThisProcess());
        own.add(settings.home());
        return own;
    }

    private static Discovery discover(Basis basis, Meshwatch meshwatch, WatchRules rules, Settings settings) {
        Interpreters interpreters = interpreters(basis, settings);
        return new AgentFinder(basis.place(), meshwatch, path -> isExcluded(path, rules), interpreters::choose)
                .find(basis.start());
    }

    static Interpreters interpreters(Basis basis, Settings settings) {
        Surroundings place = basis.place();
        ShimCache probe = new ShimCache(settings.home(), place,
                shim -> PythonProbe.ask(shim, place.environment(), place.workingDirectory())
                        .map(answer -> new InterpreterProbe.Probed(answer.executable(), answer.version())));
        return new Interpreters(place, settings.python(), probe);
    }

    static boolean isExcluded(Path path, WatchRules rules) {
        return rules.decide(path).verdict() == Verdict.EXCLUDED || rules.prunes(path);
    }

    /** Agents whose own file would reload nothing, each with the reason. */
    private static List<String> unwatched(Discovery discovery, WatchRules rules, Settings settings, Path here) {
        List<String> warnings = new ArrayList<>();
        if (settings.hotReload().value()) {
            for (Agent agent : discovery.agents()) {
                Decision decision = rules.decide(agent.file());
                if (decision.verdict() != Verdict.RELOAD && agent.kind() != Agent.Kind.EXECUTABLE) {
                    warnings.add(ProjectRoot.displayName(agent.file(), here) + " is not watched: " + decision.reason()
                            + "; see include and exclude in .meshwatch");
                }
            }
        }
        return warnings;
    }

    /** Decides whom a change touches. */
    ReloadPlanner planner(ImportKnowledge imports) {
        Map<String, PathMatch> watch = new HashMap<>();
        for (Agent agent : discovery.agents()) {
            if (!agent.watch().isEmpty()) {
                watch.put(agent.name(), rules.matcher(agent.watch())::test);
            }
        }
        return new ReloadPlanner(root(), watch, imports);
    }

    /** Which of an agent's {@code watch} globs matches a file. */
    Optional<Sourced<String>> watchGlob(Agent agent, Path file) {
        return agent.watch().stream().filter(glob -> rules.matcher(List.of(glob)).test(file)).findFirst();
    }

    /** The user's wish to poll instead of waiting for events. */
    Optional<Watcher.Polling> polling() {
        return settings.polling()
                .map(interval -> new Watcher.Polling(interval.value(), "asked for by " + interval.origin()));
    }

    /** The folder's name, as the banner shows it. */
    String name() {
        return root().getFileName() == null ? root().toString() : root().getFileName().toString();
    }
}
