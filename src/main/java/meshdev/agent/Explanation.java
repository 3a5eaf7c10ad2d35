package meshdev.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import meshdev.config.Sourced;

/**
 * Why a change of a file reloads an agent, at length.
 *
 * @param reason such as {@code its own file}; one line, escaped
 * @param chain  the import statements that lead to the file, the entry file's first; empty for any other reason
 */
public record Explanation(Agent agent, String reason, List<String> chain) {
    public Explanation {
        chain = List.copyOf(chain);
    }

    /**
     * One for each agent that a change of this file reloads, in the order of the agents.
     *
     * @param globs finds which of an agent's {@code watch} globs matches a file
     */
    public static List<Explanation> of(Path file, List<Agent> agents, ReloadPlanner planner,
            BiFunction<Agent, Path, Optional<Sourced<String>>> globs, ImportChain imports) {
        List<Explanation> all = new ArrayList<>();
        for (Affected affected : planner.affected(file, agents)) {
            Agent agent = affected.agent();
            String note = affected.note();
            String reason = file.equals(agent.file()) ? "its own file" : note.isEmpty() ? "in its folder" : note;
            if (reason.equals(ReloadPlanner.watchedBy(agent))) {
                reason = globs.apply(agent, file).map(Explanation::watched).orElse(note);
            }
            all.add(new Explanation(agent, reason, imports.chain(file, agent)));
        }
        return all;
    }

    private static String watched(Sourced<String> glob) {
        return "watched by \"" + Shown.escaped(glob.value()) + "\" (" + glob.origin() + ")";
    }
}
