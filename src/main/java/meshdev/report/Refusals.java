package meshdev.report;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import meshdev.supervise.Objection;
import meshdev.supervise.SupervisorEvent;

/** Tells an error in a file that many agents import from a new one, so that it is shown once. For one thread. */
final class Refusals {
    private final Set<String> told = new HashSet<>();
    private Optional<Objection> last = Optional.empty();

    /** Whether other agents were just refused for the same; asked again by the same agent, it is a new save. */
    boolean isRepeated(SupervisorEvent.ReloadRefused refused) {
        boolean same = last.filter(refused.objection()::equals).isPresent();
        if (!same || told.contains(refused.agent())) {
            told.clear();
            same = false;
        }
        last = Optional.of(refused.objection());
        told.add(refused.agent());
        return same;
    }
}
