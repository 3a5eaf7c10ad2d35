package meshdev.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.agent.Interpreter;
import meshdev.imports.AgentSource;
import meshdev.imports.ImportIndex;
import meshdev.imports.SearchPath;
import meshdev.process.RefusedThread;
import meshdev.python.Inspector;
import meshdev.report.Narrator;
import meshdev.supervise.SupervisorEvent;

/**
 * The agents' sources: who imports what, and whether it compiles. Reading begins when the agents are up, so that it takes
 * nothing from their start, or when the first file changes.
 */
final class Sources implements AutoCloseable {
    /** Long enough for a few saves in a row, which then cost no start of an interpreter. */
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final String PYTHON_PATH = "PYTHONPATH";

    private final Project project;
    private final Inspector inspector;
    private final ImportIndex index;
    private final Narrator narrator;
    /** Agents that have not come up yet. For the supervisor's thread. */
    private final Set<String> awaited = new HashSet<>();

    Sources(Project project, Caller caller, Narrator narrator) {
        this.project = project;
        this.narrator = narrator;
        Path python = project.discovery().interpreter().map(Interpreter::path).orElse(Path.of("python3"));
        Path script = Path.of(System.getProperty("meshdev.home"), "lib", "inspector.py");
        this.inspector = new Inspector(new Inspector.Program(python, script, caller.environment(), project.root(), IDLE));
        this.index = new ImportIndex(project.root(), this::isFollowed, inspector, this::tell);
        List<Agent> agents = project.discovery().agents().stream().filter(Sources::isPython).toList();
        agents.forEach(agent -> awaited.add(agent.name()));
        if (!agents.isEmpty()) {
            index.agents(Set.copyOf(awaited), () -> lookUp(agents));
        }
    }

    private static boolean isPython(Agent agent) {
        return agent.kind() == Agent.Kind.PYTHON || agent.kind() == Agent.Kind.NOTEBOOK;
    }

    private boolean isFollowed(Path file) {
        return project.rules().trees().stream().anyMatch(file::startsWith) && !project.rules().prunes(file.getParent());
    }

    private void tell(String trouble) {
        narrator.warn("Imports are not known, so every Python file reloads all Python agents: " + trouble);
    }

    ImportIndex index() {
        return index;
    }

    Inspector inspector() {
        return inspector;
    }

    /** To be told what happens, so that reading begins when every agent is up or is not going to be. */
    void heard(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Ready ready) {
            up(ready.agent());
        } else if (event instanceof SupervisorEvent.Finished finished) {
            up(finished.agent());
        } else if (event instanceof SupervisorEvent.BreakerTripped tripped) {
            up(tripped.agent());
        }
    }

    private void up(String agent) {
        if (awaited.remove(agent) && awaited.isEmpty() && project.settings().hotReload().value()) {
            begin();
        }
    }

    /** Begins to read, if it has not begun; from any thread. */
    void begin() {
        try {
            index.begin();
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            tell("the system refuses more threads; raise the limit with ulimit -u");
        }
    }

    private List<AgentSource> lookUp(List<Agent> agents) throws IOException {
        Inspector.Base base = inspector.base();
        List<AgentSource> sources = new ArrayList<>();
        for (Agent agent : agents) {
            Map<String, String> environment = project.environment().of(agent.name(), agent.port(), agent.env());
            List<Path> folders = new ArrayList<>(List.of(agent.file().getParent()));
            for (String entry : environment.getOrDefault(PYTHON_PATH, "").split(File.pathSeparator)) {
                addFolder(agent.workingDirectory(), entry, folders);
            }
            folders.addAll(base.entries());
            sources.add(new AgentSource(agent.name(), agent.file(), agent.workingDirectory(),
                    new SearchPath(folders.stream().distinct().toList(), base.packages())));
        }
        return sources;
    }

    private static void addFolder(Path directory, String entry, List<Path> folders) {
        try {
            folders.add(directory.resolve(entry).normalize());
        } catch (InvalidPathException e) {
            return; // Python finds nothing there either
        }
    }

    @Override
    public void close() {
        index.close();
        inspector.close();
    }
}
