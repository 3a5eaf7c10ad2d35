package meshdev.cli;

import java.util.List;
import java.util.function.Consumer;
import meshdev.watch.WatchRules;

/**
 * What of a run is told when its project is another one.
 *
 * @param project   as it was started
 * @param listeners told first
 * @param follow    told the rules to watch by
 */
record RunParts(Project project, Locks locks, AgentLaunching launching, List<AgentsListener> listeners,
        Consumer<WatchRules> follow) {
    RunParts {
        listeners = List.copyOf(listeners);
    }
}
