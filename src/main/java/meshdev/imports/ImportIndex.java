package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;

/**
 * Keeps the import graph on a thread of its own, and answers from what is known at the moment. A file that changed is
 * stale from that moment until it has been read again, so that no answer is given by what it said before.
 *
 * <p>All public methods may be called from any thread and return at once.
 */
public final class ImportIndex implements ImportKnowledge, AutoCloseable {
    private final Path root;
    private final ImportGraph graph;
    private final SourceReader reader;
    private final Consumer<String> trouble;
    private final Thread thread;
    /** Holds at most one: wake-ups collapse. */
    private final BlockingQueue<Boolean> wakeUp = new ArrayBlockingQueue<>(1);
    /** The number of its last change, for each file to be read again. */
    private final Map<Path, Long> stale = new ConcurrentHashMap<>();
    private final Map<Path, Set<String>> gone = new ConcurrentHashMap<>();
    /** Created or deleted files that the graph was not told of yet. */
    private final Set<Path> moved = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Optional<Lookup> newAgents = Optional.empty();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile ImportView view = new ImportView(Map.of(), Set.of(), Map.of(), "");
    private volatile long changes;
    private volatile boolean closed;

    /**
     * An index that has not begun: until then nothing is known, and any source file concerns every agent of it.
     *
     * @param root     words name files relative to it
     * @param followed whether a file is of the project, so that its own imports count
     * @param trouble  told once, until reading works again, why it does not
     */
    public ImportIndex(Path root, Predicate<Path> followed, SourceReader reader, Consumer<String> trouble) {
        this.root = root;
        this.graph = new ImportGraph(followed);
        this.reader = reader;
        this.trouble = trouble;
        this.thread = new Thread(null, this::run, "imports", 0);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Finds out where agents import from; may ask their interpreter. */
    @FunctionalInterface
    public interface Lookup {
        /** @throws IOException when that is not to be had at present; the message is for the user */
        Collection<AgentSource> sources() throws IOException;
    }

    /**
     * Replaces the agents whose imports are to be known.
     *
     * @param names  of all of them
     * @param lookup asked on the index's own thread, again after it has failed
     */
    public void agents(Set<String> names, Lookup lookup) {
        synchronized (this) {
            view = new ImportView(view.closures(), names, view.gone(), view.trouble());
            newAgents = Optional.of(lookup);
        }
        wakeUp.offer(true);
    }

    /** Starts the thread, once. A change of a source file starts it, too. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Completes when all is known for the first time, or cannot be. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void changed(Path file, boolean created, boolean deleted) {
        if (!ImportView.isSource(file)) {
            return;
        }
        if (created) {
            gone.remove(file);
        } else if (deleted) {
            gone.put(file, importers(file));
        }
        synchronized (this) {
            stale.put(file, ++changes);
            view = new ImportView(view.closures(), view.agents(), gone, view.trouble());
        }
        if (created || deleted) {
            moved.add(file);
        }
        wakeUp.offer(true);
        begin();
    }

    private Set<String> importers(Path file) {
        Set<String> importers = new HashSet<>();
        view.closures().forEach((agent, closure) -> {
            if (closure.contains(file)) {
                importers.add(agent);
            }
        });
        return importers;
    }

    @Override
    public boolean covers(Path file) {
        return ImportView.isSource(file);
    }

    @Override
    public Optional<String> concern(Path file, Agent agent) {
        ImportView now = view;
        Optional<String> known = now.known(file, agent.name(), root);
        return known.isPresent() || !covers(file) ? known : now.anything(agent.name(), stale.keySet(), root);
    }

    @Override
    public boolean isGuess(Path file, Agent agent) {
        return covers(file) && view.isGuess(file, agent.name(), stale.keySet());
    }

    @Override
    public boolean runs(Path file, Agent agent) {
        return view.runs(file, agent.name());
    }

    /** The files from the agent's own to this one, each importing the next; empty when it does not import it. */
    public List<Path> chain(Path file, Agent agent) {
        return view.chain(file, agent.name());
    }

    private void run() {
        try {
            while (!closed) {
                wakeUp.take();
                update();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ready.complete(null);
        }
    }

    /** Reads what is wanted until nothing is, or nothing can be read. */
    private void update() {
        Map<Path, Long> reading = new HashMap<>(stale);
        takeMoved();
        try {
            takeAgents();
            learn(known(reading.keySet()));
            for (Set<Path> wanted = graph.refresh(); !wanted.isEmpty() && !closed; wanted = graph.refresh()) {
                learn(wanted);
            }
            publish("");
        } catch (IOException e) {
            if (view.trouble().isEmpty()) {
                trouble.accept(e.getMessage());
            }
            publish(e.getMessage());
        }
        reading.forEach(stale::remove);
        ready.complete(null);
    }

    private void takeAgents() throws IOException {
        Optional<Lookup> lookup = newAgents;
        if (lookup.isPresent()) {
            graph.agents(lookup.get().sources());
            synchronized (this) {
                newAgents = newAgents.equals(lookup) ? Optional.empty() : newAgents;
            }
        }
    }

    private void takeMoved() {
        for (Path file : Set.copyOf(moved)) {
            moved.remove(file);
            graph.createdOrDeleted(file);
        }
    }

    private Set<Path> known(Set<Path> files) {
        Set<Path> known = new LinkedHashSet<>(files);
        known.removeIf(file -> !graph.knows(file));
        return known;
    }

    private void learn(Set<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Map<Path, SourceFacts> read = reader.read(files);
        files.forEach(file -> graph.learn(file, read.getOrDefault(file, SourceFacts.unreadable())));
    }

    private synchronized void publish(String why) {
        view = new ImportView(graph.closures(), view.agents(), gone, why);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
