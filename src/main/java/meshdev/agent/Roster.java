package meshdev.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who is an agent of the run after another search. An agent stays one although its file is gone or looks like none any
 * more; it leaves when an edit of the configuration leaves it out, or when it goes on under another name.
 *
 * @param agents   those of the run from now on, the new ones last
 * @param arriving names of those that are new, each with the one whose place it takes
 * @param leaving  names of those that are no agents any more
 */
public record Roster(List<Agent> agents, Map<String, Optional<String>> arriving, Set<String> leaving) {
    public Roster {
        agents = List.copyOf(agents);
        arriving = Collections.unmodifiableMap(new LinkedHashMap<>(arriving));
        leaving = Collections.unmodifiableSet(new LinkedHashSet<>(leaving));
    }

    /**
     * What is known of agents beside their being found.
     *
     * @param leftOut whether an edit has taken away what made it an agent
     * @param moved   whether the second one's file is the first one's under another name
     * @param renamed whether {@code agents:} gives the file of the first one to the second one
     */
    public record Knowledge(Predicate<Agent> leftOut, BiPredicate<Agent, Agent> moved, BiPredicate<Agent, Agent> renamed) {
        private boolean isHeir(Agent agent, Agent other) {
            return moved.test(agent, other) || sameFile(agent, other) && renamed.test(agent, other);
        }
    }

    /** The roster that follows one when these agents are found. */
    public static Roster after(List<Agent> before, List<Agent> found, Knowledge knowledge) {
        Map<String, Agent> strangers = new LinkedHashMap<>();
        found.forEach(agent -> strangers.put(agent.name(), agent));
        List<Agent> agents = new ArrayList<>();
        List<Agent> unfound = new ArrayList<>();
        for (Agent agent : before) {
            Optional<Agent> same = Optional.ofNullable(strangers.remove(agent.name()));
            agents.add(same.orElse(agent));
            same.ifPresentOrElse(again -> { }, () -> unfound.add(agent));
        }
        return replaced(agents, unfound, strangers, knowledge);
    }

    /** Finds out what became of those that were not found, among those that nobody knows. */
    private static Roster replaced(List<Agent> agents, List<Agent> unfound, Map<String, Agent> strangers, Knowledge knowledge) {
        Map<String, Optional<String>> arriving = new LinkedHashMap<>();
        Set<String> leaving = new LinkedHashSet<>();
        for (Agent agent : unfound) {
            Optional<Agent> heir = strangers.values().stream().filter(one -> knowledge.isHeir(agent, one)).findFirst();
            heir.ifPresent(one -> arriving.put(one.name(), Optional.of(agent.name())));
            if (heir.isPresent() || knowledge.leftOut().test(agent)) {
                leaving.add(agent.name());
            } else {
                strangers.values().removeIf(one -> sameFile(agent, one)); // its name in the source is another one now
            }
        }
        agents.removeIf(agent -> leaving.contains(agent.name()));
        agents.addAll(strangers.values());
        strangers.keySet().forEach(name -> arriving.putIfAbsent(name, Optional.empty()));
        return new Roster(agents, arriving, leaving);
    }

    private static boolean sameFile(Agent one, Agent other) {
        return one.file().equals(other.file());
    }

    /** The roster without some of the new agents. */
    public Roster without(Set<String> names) {
        Map<String, Optional<String>> others = new LinkedHashMap<>(arriving);
        others.keySet().removeAll(names);
        return new Roster(agents.stream().filter(agent -> !names.contains(agent.name())).toList(), others, leaving);
    }

    /** Whether nobody comes or goes. */
    public boolean isSettled() {
        return arriving.isEmpty() && leaving.isEmpty();
    }
}
