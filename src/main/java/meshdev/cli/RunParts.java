package meshdev.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import meshdev.agent.ImportKnowledge;
import meshdev.registry.RegistryView;
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
 * @param registry  what is told of it, if the run has one
 */
record RunParts(Project project, Locks locks, AgentLaunching launching, List<AgentsListener> listeners,
        Consumer<WatchRules> follow, ImportKnowledge imports, Statistics statistics, Optional<Supplier<RegistryView>> registry) {
    RunParts {
        listeners = List.copyOf(listeners);
    }
}
