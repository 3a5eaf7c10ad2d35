package meshdev.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meshdev.supervise.FileDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words for what a change of a file led to: {@code lib/tax.py: reloads orders (watched by orders); included by "lib/**"}. */
final class DecisionWords {
    private DecisionWords() {
    }

    /** In the log only, and only when its level asks for it. */
    static void log(FileDecision decision, Path project) {
        Logger log = LoggerFactory.getLogger("decisions");
        if (log.isDebugEnabled()) {
            log.debug("{}", of(decision, project));
        }
    }

    static String of(FileDecision decision, Path project) {
        String file = Wording.file(decision.file(), project) + ": ";
        return file + switch (decision.kind()) {
            case RELOAD -> "reloads " + agents(decision.agents()) + "; " + escaped(decision.rule());
            case LOG_ONLY, REFUSED -> "reloads nobody; " + escaped(decision.rule());
            case OWN_WRITE -> "does not reload " + agents(decision.agents()) + ", which rewrites it whenever it starts";
        };
    }

    private static String agents(Map<String, String> agents) {
        List<String> each = new ArrayList<>();
        agents.forEach((agent, note) -> each.add(note.isEmpty() ? agent : agent + " (" + note + ")"));
        return each.isEmpty() ? "nobody, no agent runs it" : Wording.and(each);
    }

    private static String escaped(String rule) {
        return Sanitizer.escapeName(rule);
    }
}
