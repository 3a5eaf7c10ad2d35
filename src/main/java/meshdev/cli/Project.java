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
import meshdev.config.MeshwatchReader;
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
 * @param root     what globs and names are relative to
 * @param warnings whole sentences for the user
 */
record Project(Path root, Settings settings, RegistryVariables registry, WatchRules rules,
        Discovery discovery, Dependencies dependencies, AgentEnvironment environment, List<String> warnings) {

    /** @throws ConfigException for the first thing that is wrong */
    static Project load(Options options, Caller caller) {
        Path here = caller.workingDirectory();
        ProjectRoot found = ProjectRoot.find(options.paths().stream().map(OptionsReader::path).toList(), here);
        Path root = found.folder();
        Surroundings place = new Surroundings(caller.environment(), here, root, library());
        StartPaths start = StartPaths.of(options.paths(), place);
        Meshwatch meshwatch = meshwatch(options, found, here);
        DotEnv dotEnv = DotEnv.readIfPresent(root.resolve(".env"), ProjectRoot.displayName(root.resolve(".env"), here));
        RegistryVariables registry = RegistryVariables.capture(options.flags(), caller.environment(), dotEnv);
        Settings settings = new SettingsResolver(options.flags(), caller.environment(), meshwatch, registry)
                .resolve(here, caller.userHome());
        WatchRules rules = WatchRules.compile(ruleSources(root, meshwatch, settings, start));
        Discovery discovery = discover(place, meshwatch, rules, settings, start);
        Dependencies dependencies = Dependencies.check(meshwatch.agents(), discovery.agents(),
                () -> new OtherAgents(place, path -> isExcluded(path, rules)).names(start));
        AgentEnvironment environment = AgentEnvironment.load(new EnvironmentSources(options.flags(),
                caller.environment(), dotEnv, meshwatch, registry, root, here, settings.hotReload().value(),
                discovery.agents().size() > 1));
        List<String> warnings = new ArrayList<>(meshwatch.warnings());
        warnings.addAll(rules.warnings());
        warnings.addAll(discovery.warnings());
        warnings.addAll(dependencies.warnings());
        warnings.addAll(environment.warnings());
        addPortConflicts(warnings, discovery, environment);
        warnings.addAll(NotYet.warnings(settings));
        warnings.addAll(unwatched(discovery, rules, settings, here));
        return new Project(root, settings, registry, rules, discovery, dependencies, environment, List.copyOf(warnings));
    }

    private static Path library() {
        return Path.of(System.getProperty("meshdev.home"), "lib");
    }

    private static void addPortConflicts(List<String> warnings, Discovery discovery, AgentEnvironment environment) {
        for (Agent agent : discovery.agents()) {
            if (agent.port().isPresent()) {
                environment.portConflict(agent.name(), agent.port().getAsInt(), agent.env()).ifPresent(warnings::add);
            }
        }
    }

    private static Meshwatch meshwatch(Options options, ProjectRoot found, Path here) {
        if (options.config().isPresent()) {
            Path file = here.resolve(options.config().get());
            return MeshwatchReader.read(file, options.config().get().toString());
        }
        return found.meshwatch().map(file -> MeshwatchReader.read(file, ProjectRoot.displayName(file, here)))
                .orElseGet(Meshwatch::builtIn);
    }

    private static RuleSources ruleSources(Path root, Meshwatch meshwatch, Settings settings, StartPaths start) {
        Set<Path> folders = new LinkedHashSet<>(start.folders());
        start.files().forEach(file -> folders.add(file.getParent()));
        for (AgentSettings agent : meshwatch.agents().values()) {
            agent.path().ifPresent(path -> folders.add(root.resolve(path.value()).normalize().getParent()));
        }
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        return new RuleSources(root, meshwatch, settings.watchExtensions(), List.copyOf(folders), start.files(),
                own(settings), mac);
    }

    /** What mesh-dev itself writes: its home, and files that its output was redirected to. */
    private static List<Path> own(Settings settings) {
        List<Path> own = new ArrayList<>(OutputFiles.ofThisProcess());
        own.add(settings.home());
        return own;
    }

    private static Discovery discover(Surroundings place, Meshwatch meshwatch, WatchRules rules, Settings settings,
            StartPaths start) {
        ShimCache probe = new ShimCache(settings.home(), place,
                shim -> PythonProbe.ask(shim, place.environment(), place.workingDirectory())
                        .map(answer -> new InterpreterProbe.Probed(answer.executable(), answer.version())));
        Interpreters interpreters = new Interpreters(place, settings.python(), probe);
        return new AgentFinder(place, meshwatch, path -> isExcluded(path, rules), interpreters::choose).find(start);
    }

    private static boolean isExcluded(Path path, WatchRules rules) {
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
        return new ReloadPlanner(root, watch, imports);
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
        return root.getFileName() == null ? root.toString() : root.getFileName().toString();
    }
}
