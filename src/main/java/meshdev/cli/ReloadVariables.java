package meshdev.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import meshdev.config.AgentEnvironment;

/** What an agent whose state is preserved is told of the reload that launches it. Pure. */
final class ReloadVariables {
    /** Characters of names; a checkout changes thousands of files, and all variables share one limit of the system. */
    private static final int LONGEST_REASON = 2000;

    private ReloadVariables() {
    }

    /**
     * The variables of one launch; none at the first start, and no reason for one after a crash.
     *
     * @param reloads     of this agent since mesh-dev started, this one included
     * @param changed     the files that changed since the launch before
     * @param root        of the project; names of files below it are relative to it
     * @param previousPid of the process that this one follows
     */
    static Map<String, String> of(long reloads, Set<Path> changed, Path root, OptionalLong previousPid) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (reloads > 0) {
            variables.put(AgentEnvironment.RELOAD_COUNT, Long.toString(reloads));
        }
        if (reloads > 0 && !changed.isEmpty()) {
            variables.put(AgentEnvironment.RELOAD_REASON, names(changed, root));
        }
        if (previousPid.isPresent()) {
            variables.put(AgentEnvironment.PREVIOUS_PID, Long.toString(previousPid.getAsLong()));
        }
        return variables;
    }

    /** Sorted, so that one change always has one name; what has no place any more is counted. */
    private static String names(Set<Path> changed, Path root) {
        StringBuilder names = new StringBuilder();
        int named = 0;
        for (Path file : new TreeSet<>(changed)) {
            String name = (file.startsWith(root) ? root.relativize(file) : file).toString();
            if (names.length() + name.length() > LONGEST_REASON) {
                break;
            }
            names.append(named == 0 ? "" : ",").append(name);
            named++;
        }
        int more = changed.size() - named;
        return more == 0 ? names.toString() : names + (named == 0 ? "" : ",") + "and " + more + " more";
    }
}
