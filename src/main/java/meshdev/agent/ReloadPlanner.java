package meshdev.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which agents a change concerns. The claims are asked in order, and the first that holds gives the reason. A source
 * file that no agent claims concerns nobody where imports are known; any other file that nobody claims concerns all. Pure:
 * asks neither disk nor clock.
 */
public final class ReloadPlanner {
    private static final String UNCLAIMED = "no agent claims it, all reload";

    private final Path projectRoot;
    private final List<Claim> claims;
    private final ImportKnowledge imports;

    /**
     * @param projectRoot reasons name files relative to it
     * @param watch       the compiled {@code watch} globs by agent name; agents without need no entry
     * @param imports     asked anew for each plan
     */
    public ReloadPlanner(Path projectRoot, Map<String, PathMatch> watch, ImportKnowledge imports) {
        this.projectRoot = projectRoot;
        // agents hardly ever import each other's own files: nobody waits for the other's writer because of a mere guess
        this.claims = List.of(Claim::ownFile, Claim::inFolder, byGlobs(Map.copyOf(watch)),
                (file, agent, all) -> Claim.isEntry(file, all) && imports.isGuess(file, agent)
                        ? Optional.empty() : imports.concern(file, agent));
        this.imports = imports;
    }

    private static Claim byGlobs(Map<String, PathMatch> watch) {
        return (file, agent, all) -> {
            PathMatch globs = watch.getOrDefault(agent.name(), PathMatch.NOTHING);
            return Claim.claimed(globs.matches(file), watchedBy(agent));
        };
    }

    /** The note on a file that one of the agent's globs matches. */
    static String watchedBy(Agent agent) {
        return "watched by " + agent.name();
    }

    /** The plan for one batch of changes; a file may be named once. */
    public ReloadPlan plan(List<ChangedFile> changes, List<Agent> agents) {
        List<List<Reason>> reasons = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            reasons.add(new ArrayList<>());
        }
        for (ChangedFile change : changes) {
            collect(change, agents, reasons);
        }
        List<Affected> affected = new ArrayList<>();
        List<Agent> missing = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            if (lost(changes, agents.get(i))) {
                missing.add(agents.get(i));
            } else if (!reasons.get(i).isEmpty()) {
                affected.add(affected(agents.get(i), reasons.get(i)));
            }
        }
        return new ReloadPlan(affected, missing);
    }

    /** The agents that a change of this file would reload: what {@code debug watches} shows. */
    public List<Affected> affected(Path file, List<Agent> agents) {
        return plan(List.of(new ChangedFile(file, false)), agents).affected();
    }

    private void collect(ChangedFile change, List<Agent> agents, List<List<Reason>> reasons) {
        boolean claimed = false;
        for (int i = 0; i < agents.size(); i++) {
            Optional<Reason> reason = strongest(change, agents.get(i), agents);
            if (reason.isPresent()) {
                reasons.get(i).add(reason.get());
                claimed = true;
            }
        }
        if (!claimed && !imports.covers(change.path())) {
            for (List<Reason> all : reasons) {
                all.add(new Reason(change, claims.size(), UNCLAIMED, false));
            }
        }
    }

    private Optional<Reason> strongest(ChangedFile change, Agent agent, List<Agent> all) {
        for (int rank = 0; rank < claims.size(); rank++) {
            // asked first: what is known a moment later is no guess, but its reason may still be one
            boolean guess = rank == claims.size() - 1 && imports.isGuess(change.path(), agent);
            Optional<String> note = claims.get(rank).on(change.path(), agent, all);
            if (note.isPresent()) {
                return Optional.of(new Reason(change, rank, note.get(), guess));
            }
        }
        return Optional.empty();
    }

    private static boolean lost(List<ChangedFile> changes, Agent agent) {
        for (ChangedFile change : changes) {
            if (change.deleted() && change.path().equals(agent.file())) {
                return true;
            }
        }
        return false;
    }

    /** The strongest claim comes first, guesses last, and among equals the order of the changes stays. */
    private Affected affected(Agent agent, List<Reason> reasons) {
        reasons.sort(Comparator.comparingInt(Reason::rank).thenComparing(Reason::guess));
        boolean deleted = true;
        List<Path> files = new ArrayList<>();
        for (Reason reason : reasons) {
            files.add(reason.change().path());
            deleted = deleted && reason.change().deleted();
        }
        return new Affected(agent, text(reasons.get(0), reasons.size() - 1, deleted ? " deleted" : " changed"),
                reasons.get(0).note(), files, reasons.get(0).guess());
    }

    private String text(Reason first, int more, String verb) {
        StringBuilder text = new StringBuilder(Shown.path(first.change().path(), projectRoot));
        if (more > 0) {
            text.append(" and ").append(more).append(" more");
        }
        text.append(verb);
        return first.note().isEmpty() ? text.toString() : text.append(" (").append(first.note()).append(')').toString();
    }

    private record Reason(ChangedFile change, int rank, String note, boolean guess) {
    }
}
