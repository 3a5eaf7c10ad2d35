package meshdev.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.agent.Roster;
import meshdev.config.ConfigException;
import meshdev.report.Narrator;
import meshdev.supervise.Message;
import meshdev.supervise.Reconfiguration;
import meshdev.supervise.Reload;
import meshdev.watch.Change;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run up to date with its configuration and its agents' files: reads both again when they have changed and are
 * quiet, and posts what is different. What can't be read leaves everything as it is. One thread reads; the watcher's only
 * notes.
 */
final class LiveProject implements AutoCloseable {
    private final RunParts parts;
    private final Narrator narrator;
    private final Inlet inlet;
    private final InstantSource clock;
    private final EditQueue queue;
    private final EditTeller teller;
    private final FileIdentities identities = new FileIdentities();
    private final EditSorter sorter;
    private volatile Project current;

    LiveProject(RunParts parts, Narrator narrator, Inlet inlet, InstantSource clock) {
        this.parts = parts;
        this.narrator = narrator;
        this.inlet = inlet;
        this.clock = clock;
        this.current = parts.project();
        this.queue = new EditQueue(current.settings().reloadDelay().value(), clock);
        this.teller = new EditTeller(narrator, current);
        this.sorter = new EditSorter(inlet, identities, queue, new Noticing(clock, InstantSource.system()));
        EditSorter.entries(current).forEach(identities::saw);
    }

    void begin() {
        Thread thread = new Thread(this::run, "live-project");
        thread.setDaemon(true);
        thread.start();
    }

    /** Passes on what changed, and notes what may mean other settings or agents. Called on the watcher's thread. */
    void filesChanged(List<Change> changes, Instant seenAt) {
        sorter.pass(changes, current, seenAt);
    }

    /** An agent has ended for good: another mesh-dev may have it. From any thread. */
    void left(String agent) {
        queue.left(agent);
    }

    private void run() {
        try {
            for (Optional<EditQueue.Batch> batch = queue.take(); batch.isPresent(); batch = queue.take()) {
                handle(batch.get());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(EditQueue.Batch batch) {
        boolean answered = true;
        try {
            boolean news = !batch.configuration().isEmpty() || batch.candidates().stream().anyMatch(this::isNews);
            answered = !news || reread(batch);
            batch.left().stream().filter(name -> !current.names().contains(name)).forEach(parts.locks()::release);
        } catch (ConfigException e) {
            teller.refused(e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            narrator.error("internal error while settings were read again: " + e + "; everything stays as it is");
            LoggerFactory.getLogger(LiveProject.class).error("rereading failed", e);
        } finally {
            if (answered) {
                forgetOthers(batch.candidates());
                inlet.post(new Message.Searched(batch.number()));
            }
        }
    }

    /** What is no agent's file counts as new when it changes again. */
    private void forgetOthers(Set<Path> candidates) {
        Set<Path> others = new LinkedHashSet<>(candidates);
        others.removeAll(EditSorter.entries(current));
        identities.forget(others);
    }

    /** Whether a search can come to another result because of this file. */
    private boolean isNews(Path file) {
        return EditSorter.entries(current).contains(file) ? !Files.exists(file)
                : EditSorter.candidates(current).looksLikeAgent(file);
    }

    /** False when newer edits have made it void. */
    private boolean reread(EditQueue.Batch batch) {
        boolean configured = !batch.configuration().isEmpty();
        Rereading.Result result = new Rereading(current, identities::moved).read(configured);
        if (queue.isOutdated(batch)) {
            return false;
        }
        teller.misfits(result.project().discovery().leftOut());
        Roster roster = withLocks(result.roster());
        Project next = result.project().withAgents(roster.agents());
        Differences differences = Differences.between(current, next);
        if (configured || !roster.isSettled() || !differences.restarts().isEmpty()) {
            adopt(next, roster, differences, batch);
        }
        return true;
    }

    /** Leaves out those that another mesh-dev supervises. */
    private Roster withLocks(Roster roster) {
        Set<String> refused = new LinkedHashSet<>();
        for (Agent agent : roster.agents()) {
            if (roster.arriving().containsKey(agent.name()) || Files.exists(agent.file())) {
                parts.locks().add(agent).ifPresent(conflict -> {
                    teller.leftOut(conflict);
                    refused.add(agent.name());
                });
            }
        }
        refused.retainAll(roster.arriving().keySet());
        clearUp();
        return roster.without(refused);
    }

    private void clearUp() {
        try {
            new ClearingUp(parts.locks(), narrator, clock).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void adopt(Project next, Roster roster, Differences differences, EditQueue.Batch batch) {
        Map<String, LaunchSettings> settings = LaunchSettings.of(next);
        Project before = current;
        boolean otherRules = !next.rules().sameAs(before.rules());
        parts.listeners().forEach(listener -> listener.agentsChanged(next, settings));
        teller.applied(next, roster, differences, batch.configuration());
        current = next;
        queue.delay(next.settings().reloadDelay().value());
        EditSorter.entries(next).forEach(identities::sawFirst);
        inlet.post(new Message.Reconfigured(new Reconfiguration(next.discovery().agents(), AgentLaunching.policies(settings),
                next.planner(parts.imports()), next.settings().reloadDelay().value(), otherRules, restarts(differences, batch),
                roster.arriving(), roster.leaving(), () -> parts.launching().adopt(settings))));
        if (otherRules) {
            parts.follow().accept(next.rules());
        }
    }

    private Map<String, Reload> restarts(Differences differences, EditQueue.Batch batch) {
        Instant now = clock.instant();
        Instant firstAt = batch.firstAt().isAfter(now) ? now : batch.firstAt();
        Map<String, Reload> restarts = new LinkedHashMap<>();
        differences.restarts().forEach((name, words) -> restarts.put(name,
                new Reload(Set.of(), teller.cause(batch.configuration()) + " (" + words + ")", firstAt, now)));
        return restarts;
    }

    @Override
    public void close() {
        queue.close();
    }
}
