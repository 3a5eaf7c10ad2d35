package meshdev.supervise;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import meshdev.agent.ReloadPlan;
import meshdev.watch.Change;
import meshdev.watch.Refusal;

/**
 * What one change of one file led to, the noes included.
 *
 * @param rule   why it is watched or not, for a user; empty for an {@link Kind#OWN_WRITE}
 * @param agents whom it concerns, each with what there is to say beside the name; empty for nobody
 */
public record FileDecision(Kind kind, Path file, String rule, Map<String, String> agents) {
    private static final String GONE = "not until its file is back";

    /** What was decided about. */
    public enum Kind {
        /** The agents reload once the file is quiet. */
        RELOAD,
        LOG_ONLY,
        /** The rules do not watch it. */
        REFUSED,
        /** It seems to be written by the agents themselves whenever they start, and does not reload them. */
        OWN_WRITE
    }

    public FileDecision {
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    }

    static FileDecision of(Change change, ReloadPlan plan) {
        Map<String, String> agents = new LinkedHashMap<>();
        plan.affected().forEach(affected -> agents.put(affected.agent().name(), affected.note()));
        plan.missing().forEach(agent -> agents.put(agent.name(), GONE));
        Kind kind = change.logOnly() ? Kind.LOG_ONLY : Kind.RELOAD;
        return new FileDecision(kind, change.path(), change.decision().reason(), agents);
    }

    static FileDecision of(Refusal refusal) {
        return new FileDecision(Kind.REFUSED, refusal.file(), refusal.decision().reason(), Map.of());
    }

    static FileDecision ownWrite(String agent, Path file) {
        return new FileDecision(Kind.OWN_WRITE, file, "", Map.of(agent, ""));
    }
}
