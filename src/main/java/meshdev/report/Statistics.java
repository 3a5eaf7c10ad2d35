package meshdev.report;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.python.SlowImport;
import meshdev.supervise.SupervisorEvent;

/** The figures of a run, for {@code mesh-dev stats}: fed with what happens, bounded however long it goes on. Thread-safe. */
public final class Statistics implements Consumer<SupervisorEvent> {
    private final InstantSource clock;
    private final Map<String, AgentFigures> agents = new LinkedHashMap<>();

    /** @param clock monotonic */
    public Statistics(InstantSource clock) {
        this.clock = clock;
    }

    private AgentFigures of(String agent) {
        return agents.computeIfAbsent(agent, name -> new AgentFigures());
    }

    /** These are agents of the run, whether anything has happened to them or not. */
    public synchronized void agents(Collection<String> names) {
        for (String name : names) {
            agents.put(name, agents.containsKey(name) ? agents.remove(name) : new AgentFigures()); // in this order from now on
        }
    }

    @Override
    public synchronized void accept(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Ready e) {
            incarnation(e.agent(), e.pid());
        } else if (event instanceof SupervisorEvent.ReloadCompleted e) {
            of(e.agent()).reloaded(clock.instant(), e.took(), e.phases());
            incarnation(e.agent(), e.pid());
        } else if (event instanceof SupervisorEvent.ReloadRefused e) {
            of(e.agent()).count(AgentFigures.Count.REFUSED);
        } else if (event instanceof SupervisorEvent.Crashed e) {
            ended(e.agent(), AgentFigures.Count.CRASHES);
        } else if (event instanceof SupervisorEvent.StartFailed e) {
            ended(e.agent(), AgentFigures.Count.FAILED_STARTS);
        } else if (event instanceof SupervisorEvent.BreakerTripped e) {
            ended(e.agent(), AgentFigures.Count.FAILED_STARTS);
        } else if (event instanceof SupervisorEvent.Finished e) {
            of(e.agent()).incarnations().ended();
        } else if (event instanceof SupervisorEvent.Stopped e) {
            of(e.agent()).incarnations().ended();
        } else if (event instanceof SupervisorEvent.Left e) {
            agents.remove(e.agent());
        }
    }

    private void ended(String agent, AgentFigures.Count why) {
        of(agent).count(why);
        of(agent).incarnations().ended();
    }

    /** This process of the agent is ready now. Said by events already; saying it again changes nothing. */
    public synchronized void incarnation(String agent, long pid) {
        of(agent).incarnations().ready(pid, clock.instant());
    }

    /** A reload was not as fast as it could be; the reason in words. */
    public synchronized void wentCold(String agent, String reason) {
        of(agent).cold().add(reason, clock.instant());
    }

    /** The imports of the newest start that took long; they replace those known before. */
    public synchronized void slowImports(String agent, List<SlowImport> imports) {
        of(agent).slowImports(imports);
    }

    /** These processes wait to become the agent's next incarnations, and will wait on. */
    public synchronized void standbys(String agent, List<Long> pids) {
        if (agents.containsKey(agent) || !pids.isEmpty()) { // one that has left does not come back for none
            of(agent).standbys(pids);
        }
    }

    /** The leaders of all incarnations that are ready. */
    public synchronized Set<Long> living() {
        Set<Long> pids = new HashSet<>();
        agents.values().forEach(figures -> figures.incarnations().living().ifPresent(pids::add));
        return pids;
    }

    /** The leaders of all standbys. */
    public synchronized Set<Long> standbys() {
        Set<Long> pids = new HashSet<>();
        agents.values().forEach(figures -> pids.addAll(figures.standbys()));
        return pids;
    }

    /**
     * An incarnation whose memory is not known yet.
     *
     * @param pid     of its leader
     * @param readyAt by the monotonic clock
     */
    public record Unmeasured(String agent, long pid, Instant readyAt) {
    }

    /** Those whose memory is to be measured when they have been ready long enough. */
    public synchronized List<Unmeasured> unmeasured() {
        List<Unmeasured> all = new ArrayList<>();
        agents.forEach((agent, figures) -> figures.incarnations().unmeasuredSince()
                .ifPresent(since -> all.add(new Unmeasured(agent, figures.incarnations().living().orElseThrow(), since))));
        return all;
    }

    /** The memory of an incarnation at the age at which all are measured, empty when the system does not tell. */
    public synchronized void measured(Unmeasured one, OptionalLong bytes) {
        if (agents.containsKey(one.agent())) {
            of(one.agent()).incarnations().measured(one.pid(), bytes);
        }
    }

    /** @param memory bytes by the pids of {@link #living} and {@link #standbys}, as far as known */
    public synchronized List<Map<String, Object>> document(Map<Long, Long> memory) {
        List<Map<String, Object>> all = new ArrayList<>();
        agents.forEach((name, figures) -> all.add(figures.document(name, memory, clock.instant())));
        return all;
    }
}
