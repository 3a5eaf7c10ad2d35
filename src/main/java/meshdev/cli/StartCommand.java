package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;
import meshdev.config.ShortHash;
import meshdev.process.Guardian;
import meshdev.process.Mark;
import meshdev.process.Processes;
import meshdev.report.Console;
import meshdev.report.ConsoleLayout;
import meshdev.report.LogFiles;
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
        Mark mark = Mark.ofThisRun(Instant.now());
        try (Locks locks = Locks.acquire(project.settings().home(), agents, mark)) {
            if (locks.conflict().isPresent()) {
                System.err.println("mesh-dev: " + locks.conflict().get());
                return ExitCode.ALREADY_SUPERVISED;
            }
            int exitCode = supervise(project, locks, mark);
            locks.release();
            return exitCode;
        }
    }

    private int supervise(Project project, Locks locks, Mark mark) throws InterruptedException {
        Inlet inlet = new Inlet();
        Console console = console(project, inlet);
        LogFiles logs = new LogFiles(project.settings().home(), project.root(), clock, console::own);
        Narrator narrator = new Narrator(console, logs, project.root(), options.quiet(), clock);
        new ClearingUp(locks, narrator, clock).run();
        Guardian guardian = guardian(project, mark, logs, narrator);
        Processes processes = new Processes(clock, mark, guardian, narrator);
        Sources sources = new Sources(project, caller, narrator::warn);
        LateStart late = new LateStart(project, narrator, logs, clock, inlet);
        Map<String, LaunchSettings> settings = LaunchSettings.of(project);
        Statistics statistics = new Statistics(clock);
        SlowReloads slow = new SlowReloads(project.settings().strategy().value(), narrator::info);
        Successors successors = successors(project, processes, sources, new SuccessorNews(narrator, statistics, slow));
        AgentLaunching launching = new AgentLaunching(settings, processes, late, project.root(), new Precheck(sources),
                new StateFolders(project.settings().home(), project.root(), narrator::warn), successors, clock);
        PythonDoubt doubt = new PythonDoubt(project, caller, narrator, late::left);
        Supervisor supervisor = new Supervisor(AgentLaunching.policies(settings), pending(project, sources), launching,
                doubt.andThen(sources::heard).andThen(slow::heard).andThen(statistics), clock);
        inlet.open(supervisor);
        Signals.handle(supervisor, clock);
        Announcement announcement = new Announcement(project, locks, options, caller.workingDirectory());
        announcement.show(console);
        try {
            supervisor.start();
            guardian.begin();
            announcement.log(logs);
            AgentsListener known = (changed, launched) -> statistics.agents(changed.names());
            late.begin(new RunParts(project, locks, launching, List.of(doubt, sources, known), late::follow, sources,
                    statistics));
            return supervisor.run();
        } finally {
            supervisor.killAll();
            successors.close();
            late.close();
            sources.close();
            guardian.close();
            console.close(LAST_WORDS);
            logs.close();
        }
    }

    private Successors successors(Project project, Processes processes, Sources sources, SuccessorNews news) {
        Path home = project.settings().home();
        Path records = home.resolve("cache").resolve("imports").resolve(ShortHash.of(project.root().toString()));
        Path library = Path.of(System.getProperty("meshdev.home"), "lib");
        return new Successors(processes, new Successors.Place(library, records), sources.inspector(), sources,
                news, clock);
    }

    private Console console(Project project, Inlet inlet) {
        boolean colored = options.color().isColored(caller.environment(), caller.terminal());
        List<String> names = project.discovery().agents().stream().map(Agent::name).toList();
        Terminal terminal = new Terminal(new StandardOutput(), caller.charset(), new ConsoleLayout(names, colored));
        return Console.open(terminal, clock, () -> inlet.post(new Message.OutputClosed(ExitCode.OUTPUT_CLOSED)));
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
