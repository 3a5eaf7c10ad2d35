package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;

/**
 * Knows whom a change concerns by imports. Reads files on a thread of its own, and counts every agent that a file not read
 * yet may lead elsewhere as concerned by any source file, so that no reload is missed. All methods return at once.
 */
public final class ImportIndex implements ImportKnowledge, AutoCloseable {
    private final AtomicReference<Knowledge> knowledge = new AtomicReference<>(Knowledge.NONE);
    private final AtomicLong changes = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Folders folders;
    private final ImportGraph graph;
    private final ImportWords words;
    private final Consumer<String> trouble;
    private final ThreadPoolExecutor worker;

    /**
     * @param projectRoot words for users name files relative to it
     * @param followed    files whose imports count, and whose changes are told by {@link #changed}
     * @param python      reads Python
     * @param trouble     told on the index's thread, in a sentence for users, when files cannot be read; again only after they
     *                    could be read in between
     */
    public ImportIndex(Path projectRoot, Predicate<Path> followed, SourceReader python, Consumer<String> trouble) {
        this(projectRoot, followed, python, trouble, FolderNames.DISK);
    }

    ImportIndex(Path projectRoot, Predicate<Path> followed, SourceReader python, Consumer<String> trouble,
            FolderNames disk) {
        this.folders = new Folders(disk);
        SourceReader script = new ScriptReader(projectRoot);
        this.graph = new ImportGraph(folders, followed, new FactsCache(Stamp::of),
                language -> language == Program.Language.SCRIPT ? script : python);
        this.words = new ImportWords(projectRoot);
        this.trouble = trouble;
        this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1000), task -> {
            Thread thread = new Thread(task, "imports");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /** The agents from now on; those that run what they ran before stay known. */
    public void agents(List<Program> programs) {
        knowledge.updateAndGet(now -> now.of(programs));
        ask();
    }

    @Override
    public void changed(Collection<Path> files) {
        List<Path> sources = new ArrayList<>(files);
        sources.removeIf(file -> !Sources.isAny(file));
        if (sources.stream().anyMatch(Sources::mapsNames)) {
            sources.addAll(knowledge.get().scripts());
        }
        if (!sources.isEmpty()) {
            long number = changes.incrementAndGet();
            knowledge.updateAndGet(now -> now.changed(sources, number, folders));
            ask();
        }
    }

    /** Done when all that was told so far has been read, or could not be read. */
    public CompletableFuture<Void> settled() {
        try {
            return CompletableFuture.runAsync(() -> { }, worker);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                worker.execute(this::work);
            } catch (RejectedExecutionException closed) {
                asked.set(false);
            }
        }
    }

    private void work() {
        asked.set(false);
        Knowledge before = knowledge.get();
        try {
            List<Program> known = before.programs().values().stream()
                    .filter(program -> program.language() != Program.Language.UNKNOWN).toList();
            Map<String, Closure> made = graph.update(known, before.stale().keySet());
            knowledge.updateAndGet(now -> now.published(made, before, folders));
        } catch (IOException | RuntimeException e) {
            knowledge.updateAndGet(Knowledge::failure);
            if (!before.failed()) {
                trouble.accept("imports cannot be read: " + e.getMessage()
                        + "; until they can, every change of source code reloads every agent that may import it");
            }
        } finally {
            folders.publish();
        }
    }

    /** Whether all agents' imports are known. */
    public boolean isReady() {
        Knowledge now = knowledge.get();
        return now.programs().values().stream()
                .allMatch(one -> one.language() == Program.Language.UNKNOWN || now.closure(one.agent()).isPresent());
    }

    /** All files that the agent runs by its imports, its entry file first; empty while that is not known. */
    public Set<Path> files(String agent) {
        return knowledge.get().closure(agent).map(Closure::files).orElse(Set.of());
    }

    /** The import statements that lead from the agent's entry file to this one; empty when none do. */
    public List<ImportedAt> chain(Path file, String agent) {
        Optional<Closure> closure = knowledge.get().closure(agent);
        List<ImportedAt> places = new ArrayList<>();
        List<Path> chain = closure.map(one -> one.chain(file)).orElse(List.of());
        for (int i = 1; i < chain.size(); i++) {
            Path target = chain.get(i);
            int line = closure.orElseThrow().space().known(chain.get(i - 1)).flatMap(one -> one.lineOf(target)).orElse(1);
            places.add(new ImportedAt(chain.get(i - 1), line));
        }
        return places;
    }

    @Override
    public boolean covers(Path file) {
        return Sources.isPython(file) && !knowledge.get().programs().isEmpty();
    }

    /** Names of files become known right after the closures: an answer from both is repeated if there are others by now. */
    @Override
    public Optional<String> concern(Path file, Agent agent) {
        while (true) {
            Knowledge now = knowledge.get();
            Optional<String> concern = concern(file, agent, now);
            if (now == knowledge.get()) {
                return concern;
            }
        }
    }

    private Optional<String> concern(Path file, Agent agent, Knowledge now) {
        String name = agent.name();
        Program program = now.programs().get(name);
        if (program == null) {
            return Optional.empty();
        }
        boolean source = Sources.mayBeImported(file, program.language());
        Optional<Closure> closure = now.closure(name);
        if (closure.isEmpty()) {
            return source ? Optional.of(unknown(program, now)) : Optional.empty();
        }
        return concern(file, closure.get(), source, now.doubted().contains(name));
    }

    @Override
    public boolean isGuess(Path file, Agent agent) {
        Knowledge now = knowledge.get();
        Program program = now.programs().get(agent.name());
        if (program == null || !Sources.mayBeImported(file, program.language())) {
            return false;
        }
        Optional<Closure> closure = now.closure(agent.name());
        if (closure.isEmpty()) {
            return program.language() != Program.Language.UNKNOWN && !now.failed();
        }
        boolean decided = closure.get().contains(file) || closure.get().doubt().isPresent();
        return !decided && now.doubted().contains(agent.name());
    }

    @Override
    public boolean runs(Path file, Agent agent) {
        return knowledge.get().closure(agent.name()).map(closure -> closure.contains(file)).orElse(true);
    }

    private String unknown(Program program, Knowledge now) {
        if (program.language() == Program.Language.UNKNOWN) {
            return words.opaque(program.agent());
        }
        return now.failed() ? words.unreadable(program.agent()) : words.notReadYet(program.agent());
    }

    private Optional<String> concern(Path file, Closure closure, boolean source, boolean doubted) {
        String agent = closure.program().agent();
        List<Path> chain = closure.chain(file);
        if (!chain.isEmpty()) {
            return Optional.of(words.imported(agent, chain.subList(0, chain.size() - 1)));
        }
        if (source && closure.doubt().isPresent()) {
            return Optional.of(words.doubt(agent, closure.doubt().get()));
        }
        if (source && doubted) {
            return Optional.of(words.readAgain(agent));
        }
        Optional<Path> seeker = source && !folders.knows(file) ? closure.wants(file) : Optional.empty();
        return seeker.map(importer -> words.imported(agent, closure.chain(importer)));
    }
}
