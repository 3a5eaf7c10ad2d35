package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import meshdev.agent.Affected;
import meshdev.agent.Agent;
import meshdev.agent.ChangedFile;
import meshdev.agent.ReloadPlan;
import meshdev.agent.ReloadPlanner;
import meshdev.watch.Change;
import meshdev.watch.Debouncer;

/**
 * Changes on their way to a reload: whom each touches, and when each of those agents has been quiet for long enough.
 * Used by the supervisor's thread only.
 */
public final class PendingChanges {
    private static final String LOG = "log";
    private static final ReloadPlan NO_PLAN = new ReloadPlan(List.of(), List.of());

    private final List<Agent> agents;
    private final ReloadPlanner planner;
    private final Debouncer debouncer;
    /** Apart from the agents', so that a file that is only logged delays no reload. */
    private final Debouncer logOnly;
    /** How each file that was ever reported last changed; bounded by the number of watched files. */
    private final Map<Path, Change.Kind> lastKind = new HashMap<>();

    public PendingChanges(List<Agent> agents, ReloadPlanner planner, Duration quietTime) {
        this.agents = List.copyOf(agents);
        this.planner = planner;
        this.debouncer = new Debouncer(quietTime);
        this.logOnly = new Debouncer(quietTime);
    }

    /**
     * An agent whose changes have become quiet.
     *
     * @param reload empty when the agent's entry file is gone: nothing could be launched
     */
    record Due(String agent, Optional<Reload> reload) {
    }

    /**
     * Tells which agents changes touch, each with the files that do; {@link #await} is for those that are to count.
     *
     * @param planned told of each change, with an empty plan for one that is only logged
     */
    Map<String, Set<Path>> note(List<Change> changes, Instant at, BiConsumer<Change, ReloadPlan> planned) {
        Map<String, Set<Path>> touched = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.logOnly()) {
                logOnly.changed(LOG, Set.of(change.path()), at);
                planned.accept(change, NO_PLAN);
                continue;
            }
            lastKind.put(change.path(), change.kind());
            ReloadPlan plan = planner.plan(List.of(changed(change.path())), agents);
            planned.accept(change, plan);
            plan.affected().forEach(affected -> add(affected.agent(), change.path(), touched));
            plan.missing().forEach(agent -> add(agent, change.path(), touched));
        }
        return touched;
    }

    private static void add(Agent agent, Path file, Map<String, Set<Path>> touched) {
        touched.computeIfAbsent(agent.name(), name -> new LinkedHashSet<>()).add(file);
    }

    /** Makes the agent due when these files, too, have been quiet for long enough since that moment. */
    void await(String agent, Set<Path> files, Instant at) {
        debouncer.changed(agent, files, at);
    }

    private ChangedFile changed(Path file) {
        return new ChangedFile(file, lastKind.get(file) == Change.Kind.DELETED);
    }

    Optional<Instant> nextDeadline() {
        Optional<Instant> log = logOnly.nextDeadline();
        Optional<Instant> reload = debouncer.nextDeadline();
        return log.isEmpty() || reload.isPresent() && reload.get().isBefore(log.get()) ? reload : log;
    }

    /** Takes out the files that are to be logged and nothing more; none when they are not quiet yet. */
    Set<Path> dueForLog(Instant now) {
        return logOnly.due(now).stream().findFirst().map(Debouncer.Due::files).orElse(Set.of());
    }

    /** Takes out the agents that are due. */
    List<Due> due(Instant now) {
        List<Due> due = new ArrayList<>();
        for (Debouncer.Due quiet : debouncer.due(now)) {
            List<ChangedFile> files = quiet.files().stream().map(this::changed).toList();
            Optional<Reload> reload = isLost(quiet.key()) ? Optional.empty() : planner.plan(files, agents).affected().stream()
                    .filter(affected -> affected.agent().name().equals(quiet.key()))
                    .findFirst().map(affected -> reload(affected, quiet, now));
            due.add(new Due(quiet.key(), reload));
        }
        return due;
    }

    /** Whether the agent's entry file is gone, by this batch of changes or an earlier one. */
    private boolean isLost(String agent) {
        return agents.stream().anyMatch(one -> one.name().equals(agent)
                && lastKind.get(one.file()) == Change.Kind.DELETED);
    }

    private static Reload reload(Affected affected, Debouncer.Due quiet, Instant now) {
        return new Reload(quiet.files(), affected.reason(), quiet.firstAt(), now);
    }
}
