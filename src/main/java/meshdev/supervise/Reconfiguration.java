package meshdev.supervise;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.agent.Agent;
import meshdev.agent.ReloadPlanner;

/**
 * What holds from now on: all agents with their rules, and what becomes of those it is new for.
 *
 * @param agents    all, in the order of launch
 * @param policies  of the same agents, by name
 * @param planner   knows the same agents
 * @param quietTime of reloads
 * @param forgiven  whether files that were paused for an agent count again
 * @param restarts  the agents that only a launch brings up to date, with the reason
 * @param arriving  the agents to be started, each with the one whose end it has to wait for
 * @param leaving   the agents to be stopped for good
 * @param taking    run on the supervisor's thread when the rest is about to hold: later launches go by it
 */
public record Reconfiguration(
        List<Agent> agents,
        Map<String, AgentPolicy> policies,
        ReloadPlanner planner,
        Duration quietTime,
        boolean forgiven,
        Map<String, Reload> restarts,
        Map<String, Optional<String>> arriving,
        Set<String> leaving,
        Runnable taking) {

    public Reconfiguration {
        agents = List.copyOf(agents);
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        restarts = Collections.unmodifiableMap(new LinkedHashMap<>(restarts));
        arriving = Collections.unmodifiableMap(new LinkedHashMap<>(arriving));
        leaving = Set.copyOf(leaving);
    }
}
