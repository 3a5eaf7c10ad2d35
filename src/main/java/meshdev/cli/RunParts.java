package meshdev.cli;

import java.util.List;
import java.util.function.Consumer;
import meshdev.agent.ImportKnowledge;
import meshdev.report.Statistics;
import meshdev.watch.WatchRules;

/**
 * What of a run is told when its project is another one.
 *
 * @param project   as it was started
 * @param listeners told first
 * @param follow    told the rules to watch by
 * @param imports   asked by planners
 * @param statistics fed with the run's events; clients are answered from it
 */
record RunParts(Project project, Locks locks, AgentLaunching launching, List<AgentsListener> listeners,
        Consumer<WatchRules> follow, ImportKnowledge imports, Statistics statistics) {
    RunParts {
        listeners = List.copyOf(listeners);
    }
}
