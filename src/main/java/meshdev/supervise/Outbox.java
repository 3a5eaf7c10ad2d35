package meshdev.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import meshdev.process.ProcessName;

/** What one agent's machine wants done, in order, until it is fetched. Used by the supervisor's thread only. */
final class Outbox {
    private final List<Effect> effects = new ArrayList<>();

    void add(Effect effect) {
        effects.add(effect);
    }

    void report(SupervisorEvent event) {
        effects.add(new Effect.Report(event));
    }

    void reportLiving(Function<List<ProcessName>, SupervisorEvent> event) {
        effects.add(new Effect.ReportLiving(event));
    }

    List<Effect> drain() {
        List<Effect> drained = List.copyOf(effects);
        effects.clear();
        return drained;
    }
}
