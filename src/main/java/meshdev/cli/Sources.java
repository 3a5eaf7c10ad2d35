package meshdev.cli;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;
import meshdev.agent.Interpreter;
import meshdev.imports.ImportIndex;
import meshdev.imports.ImportedAt;
import meshdev.imports.Program;
import meshdev.imports.SourceFacts;
import meshdev.process.RefusedThread;
import meshdev.python.Inspector;
import meshdev.python.SearchPath;
import meshdev.supervise.SupervisorEvent;

/**
 * The agents' sources: who imports what, and whether it compiles. Reading begins when the agents are up, so that it takes
 * nothing from their start, or when the first file changes.
 */
final class Sources implements ImportKnowledge, AgentsListener, Successors.Reserve, AutoCloseable {
    private static final String PYTHON_PATH = "PYTHONPATH";

    private volatile Project project;
    private final Inspector inspector;
    private final ImportIndex index;
    private final Consumer<String> trouble;
    private volatile SearchPath base = SearchPath.UNKNOWN;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> told = new CompletableFuture<>();
    /** Agents that have not come up yet. For the supervisor's thread. */
    private final Set<String> awaited = new HashSet<>();

    /** @param trouble told, in a sentence for users, why files cannot be read */
    Sources(Project project, Caller caller, Consumer<String> trouble) {
        this.project = project;
        this.trouble = trouble;
        Path python = project.discovery().interpreter().map(Interpreter::path).orElse(Path.of("python3"));
        this.inspector = new Inspector(python, Path.of(System.getProperty("meshdev.home"), "lib"), caller.environment(),
                project.root());
        this.index = new ImportIndex(project.root(), this::isFollowed, this::read, trouble);
        project.discovery().agents().forEach(agent -> awaited.add(agent.name()));
    }

    private Map<Path, SourceFacts> read(Collection<Path> files) {
        return inspector.parse(List.copyOf(files));
    }

    private boolean isFollowed(Path file) {
        return project.rules().trees().stream().anyMatch(file::startsWith) && !project.rules().prunes(file.getParent());
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

    /** Begins to read, if it has not begun; from any thread. Returns at once. */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread thread = new Thread(null, this::tell, "sources", 0);
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            trouble.accept("imports are not read: the system refuses more threads; raise the limit with ulimit -u");
        }
    }

    /** The import statements that lead from the agent's own file to this one. */
    List<ImportedAt> chain(Path file, Agent agent) {
        return index.chain(file, agent.name());
    }

    /** Done when all that imports say is known, or cannot be. */
    CompletableFuture<Void> settled() {
        return told.thenCompose(done -> index.settled());
    }

    private void tell() {
        base = inspector.searchPath();
        tellAgents();
        told.complete(null);
    }

    private synchronized void tellAgents() {
        index.agents(project.discovery().agents().stream().filter(Sources::imports).map(this::program).toList());
    }

    @Override
    public void agentsChanged(Project next, Map<String, LaunchSettings> settings) {
        project = next;
        if (told.isDone()) {
            tellAgents();
        }
    }

    private Program program(Agent agent) {
        List<Path> folders = new ArrayList<>(List.of(agent.file().getParent()));
        Map<String, String> environment = project.environment().of(agent.name(), agent.port(), agent.env());
        for (String entry : environment.getOrDefault(PYTHON_PATH, "").split(File.pathSeparator)) {
            addFolder(agent.workingDirectory(), entry, folders);
        }
        folders.addAll(base.entries());
        return new Program(agent.name(), language(agent), List.of(agent.file()), folders.stream().distinct().toList(),
                base.editable());
    }

    /** What is compiled is made of its folder, which claims its files already. */
    private static boolean imports(Agent agent) {
        return agent.kind() != Agent.Kind.JAR && agent.kind() != Agent.Kind.MAVEN;
    }

    private static Program.Language language(Agent agent) {
        return switch (agent.kind()) {
            case PYTHON, NOTEBOOK -> Program.Language.PYTHON;
            case NODE, TYPESCRIPT -> Program.Language.SCRIPT;
            case JAR, MAVEN, EXECUTABLE -> Program.Language.UNKNOWN;
        };
    }

    private static void addFolder(Path directory, String entry, List<Path> folders) {
        try {
            folders.add(directory.resolve(entry).normalize());
        } catch (InvalidPathException e) {
            return; // Python finds nothing there either
        }
    }

    @Override
    public void changed(Collection<Path> files) {
        begin();
        index.changed(files);
    }

    @Override
    public boolean covers(Path file) {
        return file.toString().endsWith(".py");
    }

    /** Until reading has begun, which the first change sees to, every agent may import the file. */
    @Override
    public Optional<String> concern(Path file, Agent agent) {
        if (told.isDone()) {
            return index.concern(file, agent);
        }
        return isGuess(file, agent) ? Optional.of("what " + agent.name() + " imports is not known yet") : Optional.empty();
    }

    @Override
    public boolean isGuess(Path file, Agent agent) {
        if (told.isDone()) {
            return index.isGuess(file, agent);
        }
        Program.Language language = language(agent);
        return imports(agent) && language != Program.Language.UNKNOWN && covers(file) == (language == Program.Language.PYTHON);
    }

    @Override
    public boolean runs(Path file, Agent agent) {
        return index.runs(file, agent);
    }

    @Override
    public Duration quietTime() {
        return project.settings().reloadDelay().value();
    }

    @Override
    public long kilobytes() {
        return (long) project.settings().standbyMemory().value() << 10;
    }

    @Override
    public void close() {
        index.close();
        inspector.close();
    }
}
