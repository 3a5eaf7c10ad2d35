package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;
import meshdev.config.ShortHash;
import meshdev.process.Guardian;
import meshdev.process.Mark;
import meshdev.process.Processes;
import meshdev.registry.RegistryProgram;
import meshdev.report.Console;
import meshdev.report.ConsoleLayout;
import meshdev.report.LogFiles;
import meshdev.report.MaintainerLog;
import meshdev.report.Narrator;
import meshdev.report.Sanitizer;
import meshdev.report.StandardOutput;
import meshdev.report.Statistics;
import meshdev.report.Terminal;
import meshdev.supervise.Message;
import meshdev.supervise.PendingChanges;
import meshdev.supervise.Supervisor;

/**
 * {@code mesh-dev start}: puts the parts together and runs the supervisor on the calling thread. The first agent is
 * launched as early as possible; what it does not need, {@link LateStart} loads beside it.
 */
final class StartCommand {
    /** How long the last lines may take when the terminal is slow. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** How long the first line waits to be able to tell what is at the registry's URL. */
    private static final Duration FIRST_LINE = Duration.ofMillis(400);

    private final Options options;
    private final Caller caller;
    private final InstantSource clock = new MonotonicClock();

    StartCommand(Options options, Caller caller) {
        this.options = options;
        this.caller = caller;
    }

    /** Returns the exit code. */
    int run() throws InterruptedException {
        Project project = Project.load(options, caller);
        List<Agent> agents = project.discovery().agents();
        Optional<RegistryProgram> program = options.noRegistry() ? Optional.empty()
                : Optional.of(RegistryLink.program(project, caller.environment()));
        Mark mark = Mark.ofThisRun(Instant.now());
        try (Signals signals = new Signals(); Locks locks = Locks.acquire(project.settings().home(), agents, mark)) {
            if (locks.conflict().isPresent()) {
                System.err.println("mesh-dev: " + locks.conflict().get());
                return ExitCode.ALREADY_SUPERVISED;
            }
            int exitCode = supervise(project, locks, mark, program, signals);
            locks.release();
            return exitCode;
        }
    }

    private int supervise(Project project, Locks locks, Mark mark, Optional<RegistryProgram> program, Signals signals)
            throws InterruptedException {
        Inlet inlet = new Inlet();
        CompletableFuture<List<String>> first = new CompletableFuture<>();
        Console console = console(project, inlet, first);
        LogFiles logs = new LogFiles(project.settings().home(), project.root(), clock, console::own);
        MaintainerLog.writeTo(logs, project.settings().logLevel().value());
        Narrator narrator = new Narrator(console, logs, project.root(), options.quiet(), clock);
        Announcement announcement = new Announcement(project, locks, options, caller.workingDirectory());
        String unknown = RegistryWords.of(project.registry());
        if (program.isEmpty() || !locks.deadRuns().isEmpty()) {
            first.complete(announcement.lines(unknown)); // what is said next must not wait
        }
        new ClearingUp(locks, narrator, clock).run();
        Guardian guardian = guardian(project, mark, logs, narrator);
        Processes processes = new Processes(clock, mark, guardian, narrator);
        Sources sources = new Sources(project, caller, narrator::warn);
        LateStart late = new LateStart(project, narrator, logs, clock, inlet);
        Map<String, LaunchSettings> settings = LaunchSettings.of(project);
        Statistics statistics = new Statistics(clock);
        SlowReloads slow = new SlowReloads(project.settings().strategy().value(), narrator::info);
        Successors successors = successors(project, processes, sources, new SuccessorNews(narrator, statistics, slow));
        Optional<RegistryLink> registry = program.map(
                one -> new RegistryLink(project, one, new RegistryLink.Parts(processes, logs, narrator, clock)));
        MeshMembership mesh = registry.<MeshMembership>map(link -> link).orElse(MeshMembership.NONE);
        AgentLaunching launching = new AgentLaunching(settings, processes, late, project.root(), new Precheck(sources),
                new StateFolders(project.settings().home(), project.root(), narrator::warn), successors,
                new AgentLaunching.Places(mesh, new OfferedPorts(new RememberedPorts(project.settings().home(), project.root()))), clock);
        PythonDoubt doubt = new PythonDoubt(project, caller, narrator, late::left);
        Supervisor supervisor = new Supervisor(AgentLaunching.policies(settings), pending(project, sources), launching,
                doubt.andThen(sources::heard).andThen(slow::heard).andThen(mesh).andThen(statistics), clock);
        inlet.open(supervisor);
        try {
            if (!signals.handle(wish -> quit(supervisor, wish, registry))) {
                return ExitCode.TERMINATED;
            }
            supervisor.start();
            registry.ifPresent(link -> link.begin(words -> first.complete(announcement.lines(words))));
            first.completeOnTimeout(announcement.lines(unknown), FIRST_LINE.toMillis(), TimeUnit.MILLISECONDS);
            guardian.begin();
            announcement.log(logs, unknown);
            AgentsListener known = (changed, launched) -> statistics.agents(changed.names());
            late.begin(new RunParts(project, locks, launching, List.of(doubt, sources, known), late::follow, sources,
                    statistics, registry.map(link -> link::view)));
            return supervisor.run();
        } finally {
            supervisor.killAll();
            successors.close();
            late.close();
            sources.close();
            registry.ifPresent(RegistryLink::close);
            guardian.close();
            first.complete(announcement.lines(unknown));
            console.close(LAST_WORDS);
            logs.close();
        }
    }

    /** The supervisor hurries itself; when it is over, the registry may still take its time. A hang-up hurries nobody. */
    private static void quit(Supervisor supervisor, Message wish, Optional<RegistryLink> registry) {
        supervisor.post(wish);
        if (wish instanceof Message.Quit) {
            registry.ifPresent(RegistryLink::hurry);
        }
    }

    private Successors successors(Project project, Processes processes, Sources sources, SuccessorNews news) {
        Path home = project.settings().home();
        Path records = home.resolve("cache").resolve("imports").resolve(ShortHash.of(project.root().toString()));
        Path library = Path.of(System.getProperty("meshdev.home"), "lib");
        return new Successors(processes, new Successors.Place(library, records), sources.inspector(), sources,
                news, clock);
    }

    private Console console(Project project, Inlet inlet, CompletableFuture<List<String>> first) {
        boolean colored = options.color().isColored(caller.environment(), caller.terminal());
        Terminal terminal = new Terminal(new StandardOutput(), caller.charset(), new ConsoleLayout(project.names(), colored));
        return Console.open(terminal, clock, () -> inlet.post(new Message.OutputClosed(ExitCode.OUTPUT_CLOSED)), first);
    }

    private static Guardian guardian(Project project, Mark mark, LogFiles logs, Narrator narrator) {
        Path script = Path.of(System.getProperty("meshdev.home"), "lib", "guardian.sh");
        return new Guardian(script, mark, logs.ownFile(), Sanitizer.escapeName(project.name()), narrator::warn);
    }

    private static PendingChanges pending(Project project, ImportKnowledge imports) {
        return new PendingChanges(project.discovery().agents(), project.planner(imports), imports,
                project.settings().reloadDelay().value());
    }
}
