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
import java.util.stream.Stream;
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

    private List<Agent> agents;
    private ReloadPlanner planner;
    private final Debouncer debouncer;
    /** Apart from the agents', so that a file that is only logged delays no reload. */
    private final Debouncer logOnly;
    private final HeldBack heldBack = new HeldBack();
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
     * @param reload empty when nothing could be launched, or the files do not concern the agent after all
     * @param lost   whether the agent's entry file is gone
     */
    record Due(String agent, Optional<Reload> reload, boolean lost) {
    }

    /** Other agents, judged in another way, from now on; what is pending for agents that are none any more is dropped. */
    void follow(List<Agent> next, ReloadPlanner nextPlanner, Duration quietTime) {
        for (Agent agent : agents) {
            if (next.stream().noneMatch(other -> other.name().equals(agent.name()))) {
                debouncer.forget(agent.name());
                heldBack.take(agent.name());
            }
        }
        agents = List.copyOf(next);
        planner = nextPlanner;
        debouncer.delay(quietTime);
        logOnly.delay(quietTime);
    }

    /** Whom these files concern is being looked up. */
    void searching(long number, Set<Path> files, Instant now) {
        heldBack.hold(number, files, now);
    }

    /** All searches up to this one have been answered. */
    void searched(long number) {
        heldBack.release(number);
    }

    /** Tells which agents changes touch, each with the files that do; {@link #await} is for those that are to count. */
    Map<String, Set<Path>> note(List<Change> changes, Instant at) {
        Map<String, Set<Path>> touched = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.logOnly()) {
                logOnly.changed(LOG, Set.of(change.path()), at);
                continue;
            }
            lastKind.put(change.path(), change.kind());
            ReloadPlan plan = planner.plan(List.of(changed(change.path())), agents);
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
        heldBack.take(agent).ifPresent(due -> debouncer.changed(agent, due.files(), due.firstAt()));
        debouncer.changed(agent, files, at);
    }

    private ChangedFile changed(Path file) {
        return new ChangedFile(file, lastKind.get(file) == Change.Kind.DELETED);
    }

    Optional<Instant> nextDeadline() {
        return Stream.of(logOnly.nextDeadline(), debouncer.nextDeadline(), heldBack.deadline())
                .flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** Takes out the files that are to be logged and nothing more; none when they are not quiet yet. */
    Set<Path> dueForLog(Instant now) {
        return logOnly.due(now).stream().findFirst().map(Debouncer.Due::files).orElse(Set.of());
    }

    /** Takes out the agents that are due. */
    List<Due> due(Instant now) {
        List<Due> due = new ArrayList<>();
        for (Debouncer.Due quiet : heldBack.judgeable(debouncer.due(now), now)) {
            List<ChangedFile> files = quiet.files().stream().map(this::changed).toList();
            boolean lost = isLost(quiet.key());
            Optional<Reload> reload = lost ? Optional.empty() : planner.plan(files, agents).affected().stream()
                    .filter(affected -> affected.agent().name().equals(quiet.key()))
                    .findFirst().map(affected -> reload(affected, quiet, now));
            due.add(new Due(quiet.key(), reload, lost));
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
