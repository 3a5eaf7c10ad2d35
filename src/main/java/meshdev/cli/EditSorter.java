package meshdev.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meshdev.agent.Agent;
import meshdev.agent.Candidates;
import meshdev.supervise.Message;
import meshdev.watch.Change;

/**
 * Passes changes on to the supervisor, and sorts out those that may mean other settings or other agents: until it is known
 * whether they do, nothing is decided by them. Used by the watcher's thread.
 */
final class EditSorter {
    private final Inlet inlet;
    private final FileIdentities identities;
    private final EditQueue queue;
    private final Noticing noticing;
    private long searches;

    EditSorter(Inlet inlet, FileIdentities identities, EditQueue queue, Noticing noticing) {
        this.noticing = noticing;
        this.queue = queue;
        this.inlet = inlet;
        this.identities = identities;
    }

    /** Queues what has to be read or looked up because of these changes. */
    void pass(List<Change> changes, Project current, Instant seenAt) {
        Set<Path> configuration = new LinkedHashSet<>();
        Set<Path> candidates = new LinkedHashSet<>();
        List<Change> others = new ArrayList<>();
        Set<Path> entries = entries(current);
        Candidates possible = candidates(current);
        for (Change change : changes) {
            if (change.configuration()) {
                configuration.add(change.path());
            } else {
                others.add(change);
                if (mayMoveAgents(change, entries, possible)) {
                    candidates.add(change.path());
                }
            }
        }
        boolean joined = configuration.isEmpty() && candidates.isEmpty() && queue.hasConfiguration();
        post(others, joined || !configuration.isEmpty() ? paths(others) : candidates, seenAt);
        if (!candidates.isEmpty() || !configuration.isEmpty()) {
            queue.add(new EditQueue.Batch(configuration, candidates, Set.of(), searches, seenAt), seenAt);
        } else if (joined && !queue.join(searches)) {
            inlet.post(new Message.Searched(searches)); // it is being read already
        }
    }

    private boolean mayMoveAgents(Change change, Set<Path> entries, Candidates possible) {
        Path file = change.path();
        if (entries.contains(file)) {
            identities.saw(file);
            return change.kind() == Change.Kind.DELETED;
        }
        if (possible.mayHold(file)) {
            identities.sawFirst(file);
            return true;
        }
        return false;
    }

    /** What changes together with the configuration waits for that, so that nobody is launched with old settings first. */
    private void post(List<Change> changes, Set<Path> searched, Instant seenAt) {
        searches++;
        if (!searched.isEmpty()) {
            inlet.post(new Message.Searching(searches, searched));
        }
        if (!changes.isEmpty()) {
            inlet.post(new Message.FilesChanged(changes, seenAt, noticing.before(changes, seenAt)));
        }
    }

    private static Set<Path> paths(List<Change> changes) {
        return changes.stream().map(Change::path).collect(Collectors.toSet());
    }

    /** Where new agents may turn up. */
    static Candidates candidates(Project project) {
        return new Candidates(project.basis().folders(), project.meshwatch().agents().values().stream()
                .flatMap(agent -> agent.path().stream()).map(path -> project.root().resolve(path.value()).normalize())
                .collect(Collectors.toSet()));
    }

    /** The agents' own files. */
    static Set<Path> entries(Project project) {
        return project.discovery().agents().stream().map(Agent::file).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
