package meshdev.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import meshdev.agent.Affected;
import meshdev.agent.Agent;
import meshdev.agent.ChangedFile;
import meshdev.agent.ImportKnowledge;
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
    private static final String NOBODY = "nobody";
    /** Between two looks at whether more is known of an agent's imports. */
    private static final Duration GUESS_PAUSE = Duration.ofMillis(20);
    /** A guess that lasts so long is taken for the truth. */
    private static final Duration GUESS_LIMIT = Duration.ofSeconds(5);
    /** What a reload is prepared by takes milliseconds: it begins so long before the changes are quiet. */
    private static final Duration LEAD = Duration.ofMillis(20);
    private static final ReloadPlan NO_PLAN = new ReloadPlan(List.of(), List.of());

    private List<Agent> agents;
    private ReloadPlanner planner;
    private final ImportKnowledge imports;
    private final Debouncer reloads;
    /** Apart from the agents', so that a file that is only logged delays no reload. */
    private final Debouncer logOnly;
    private final Debouncer nobodys;
    private Duration quietTime;
    /** How long it took to notice the first of the changes that are pending for an agent. */
    private final Map<String, Duration> detected = new HashMap<>();
    private final HeldBack heldBack = new HeldBack();
    /** How each file that was ever reported last changed; bounded by the number of watched files. */
    private final Map<Path, Change.Kind> lastKind = new HashMap<>();

    /** @param planner asks the same import knowledge */
    public PendingChanges(List<Agent> agents, ReloadPlanner planner, ImportKnowledge imports, Duration quietTime) {
        this.agents = List.copyOf(agents);
        this.planner = planner;
        this.imports = imports;
        this.reloads = new Debouncer(quietTime, LEAD);
        this.logOnly = new Debouncer(quietTime);
        this.nobodys = new Debouncer(quietTime);
        this.quietTime = quietTime;
    }

    /** An agent whose changes have become quiet, or will have in a moment, and what that means. */
    sealed interface Due {
        String agent();

        record Affected(String agent, Reload reload) implements Due {
        }

        /** Its entry file is gone: nothing could be launched. */
        record Lost(String agent) implements Due {
        }

        /** More is known by now, and the changes turn out to concern others or nobody. */
        record Unconcerned(String agent) implements Due {
        }
    }

    /** Other agents, judged in another way, from now on; what is pending for agents that are none any more is dropped. */
    void follow(List<Agent> next, ReloadPlanner nextPlanner, Duration nextQuietTime) {
        for (Agent agent : agents) {
            if (next.stream().noneMatch(other -> other.name().equals(agent.name()))) {
                reloads.forget(agent.name());
                detected.remove(agent.name());
                heldBack.take(agent.name());
            }
        }
        agents = List.copyOf(next);
        planner = nextPlanner;
        quietTime = nextQuietTime;
        Stream.of(reloads, logOnly, nobodys).forEach(debouncer -> debouncer.delay(nextQuietTime));
    }

    /** Whom these files concern is being looked up. */
    void searching(long number, Set<Path> files, Instant now) {
        heldBack.hold(number, files, now);
    }

    /** All searches up to this one have been answered. */
    void searched(long number) {
        heldBack.release(number);
    }

    /**
     * How changes touch an agent.
     *
     * @param certain whether one of them surely does, and not only perhaps
     */
    record Touch(Set<Path> files, boolean certain) {
        private Touch and(Path file, boolean surely) {
            Set<Path> all = new LinkedHashSet<>(files);
            all.add(file);
            return new Touch(all, certain || surely);
        }
    }

    /**
     * Tells which agents changes touch, and how; {@link #await} is for those that are to count.
     *
     * @param planned told of each change, with an empty plan for one that is only logged
     */
    Map<String, Touch> note(Message.FilesChanged message, BiConsumer<Change, ReloadPlan> planned) {
        Map<String, Touch> touched = new LinkedHashMap<>();
        Instant at = message.at();
        imports.changed(message.changes().stream().map(Change::path).toList());
        for (Change change : message.changes()) {
            if (change.logOnly()) {
                logOnly.changed(LOG, Set.of(change.path()), at);
                planned.accept(change, NO_PLAN);
                continue;
            }
            lastKind.put(change.path(), change.kind());
            ReloadPlan plan = planner.plan(List.of(changed(change.path())), agents);
            planned.accept(change, plan);
            plan.affected().forEach(affected -> add(affected.agent(), change.path(), !affected.guess(), touched));
            plan.missing().forEach(agent -> add(agent, change.path(), false, touched));
            if (plan.isEmpty()) {
                nobodys.changed(NOBODY, Set.of(change.path()), at);
            }
        }
        touched.keySet().forEach(agent -> detected.putIfAbsent(agent, message.detected()));
        return touched;
    }

    private static void add(Agent agent, Path file, boolean certain, Map<String, Touch> touched) {
        touched.merge(agent.name(), new Touch(Set.of(file), certain), (known, more) -> known.and(file, certain));
    }

    /** Makes the agent due when these files, too, have been quiet for long enough since that moment. */
    void await(String agent, Set<Path> files, Instant at) {
        heldBack.take(agent).ifPresent(due -> reloads.changed(agent, due.files(), due.firstAt()));
        reloads.changed(agent, files, at);
    }

    private ChangedFile changed(Path file) {
        return new ChangedFile(file, lastKind.get(file) == Change.Kind.DELETED);
    }

    Optional<Instant> nextDeadline() {
        return Stream.of(reloads.nextDeadline(), logOnly.nextDeadline(), nobodys.nextDeadline(), heldBack.deadline())
                .flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Takes out the files that are to be logged and nothing more; none when they are not quiet yet. */
    Set<Path> dueForLog(Instant now) {
        return due(logOnly, now);
    }

    /** Takes out the files that concern no agent; none when they are not quiet yet, or may be new agents. */
    Set<Path> dueForNobody(Instant now) {
        Set<Path> files = new LinkedHashSet<>(due(nobodys, now));
        agents.forEach(agent -> files.remove(agent.file()));
        if (files.stream().anyMatch(heldBack::holds)) {
            nobodys.changed(NOBODY, files, now.plus(GUESS_PAUSE).minus(quietTime));
            return Set.of();
        }
        return files;
    }

    private static Set<Path> due(Debouncer one, Instant now) {
        return one.due(now).stream().findFirst().map(Debouncer.Due::files).orElse(Set.of());
    }

    /** Takes out the agents that are due. */
    List<Due> due(Instant now) {
        return heldBack.judgeable(reloads.due(now), now).stream().map(quiet -> due(quiet, now)).flatMap(Optional::stream).toList();
    }

    /** Empty when it is a guess that will soon be known. */
    private Optional<Due> due(Debouncer.Due quiet, Instant now) {
        String agent = quiet.key();
        if (isLost(agent)) {
            detected.remove(agent);
            return Optional.of(new Due.Lost(agent));
        }
        ReloadPlan plan = planner.plan(quiet.files().stream().map(this::changed).toList(), agents);
        Optional<Affected> concerned = plan.affected().stream()
                .filter(affected -> affected.agent().name().equals(agent)).findFirst();
        if (concerned.isPresent() && concerned.get().guess() && now.isBefore(quiet.firstAt().plus(GUESS_LIMIT))) {
            reloads.postpone(quiet, now.plus(GUESS_PAUSE));
            return Optional.empty();
        }
        Duration noticing = Optional.ofNullable(detected.remove(agent)).orElse(Duration.ZERO);
        if (concerned.isPresent()) {
            return Optional.of(new Due.Affected(agent, reload(concerned.get(), quiet, noticing, now)));
        }
        if (plan.isEmpty()) {
            nobodys.changed(NOBODY, quiet.files(), quiet.lastAt());
        }
        return Optional.of(new Due.Unconcerned(agent));
    }

    /** Whether the agent's entry file is gone, by this batch of changes or an earlier one. */
    private boolean isLost(String agent) {
        return agents.stream().anyMatch(one -> one.name().equals(agent)
                && lastKind.get(one.file()) == Change.Kind.DELETED);
    }

    private static Reload reload(Affected affected, Debouncer.Due quiet, Duration noticing, Instant now) {
        return new Reload(new LinkedHashSet<>(affected.files()), affected.reason(), noticing, quiet.firstAt(), later(quiet.quietAt(), now));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
