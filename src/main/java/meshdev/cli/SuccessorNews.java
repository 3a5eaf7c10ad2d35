package meshdev.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.python.SlowImport;
import meshdev.report.Narrator;
import meshdev.report.Statistics;

/** Tells users what becomes of successors, and counts it. Thread-safe. */
final class SuccessorNews {
    private final Narrator narrator;
    private final Statistics statistics;
    private final SlowReloads slow;
    private final Map<String, String> told = new ConcurrentHashMap<>();

    SuccessorNews(Narrator narrator, Statistics statistics, SlowReloads slow) {
        this.slow = slow;
        this.narrator = narrator;
        this.statistics = statistics;
    }

    /** Modules are not imported beforehand for an agent, or not all of them; said once per reason in a row. */
    void fellBack(String agent, String why) {
        statistics.wentCold(agent, why);
        if (!why.equals(told.put(agent, why))) {
            narrator.info("refresh of " + agent + " falls back to restart: " + why);
        }
    }

    /** What an agent imported in the run that is up. */
    void imported(String agent, List<SlowImport> slowest) {
        statistics.slowImports(agent, slowest);
        slow.imported(agent, slowest);
    }

    /** These interpreters wait for an agent with modules imported, whether there is a change or not. */
    void stay(String agent, List<Long> pids) {
        statistics.standbys(agent, pids);
    }
}
