package meshdev.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meshdev.config.AgentSettings;
import meshdev.config.Meshwatch;
import meshdev.config.Settings;
import meshdev.config.Strategy;

/** Settings that are understood and checked but change nothing in this version: users are told, never left guessing. */
final class NotYet {
    private NotYet() {
    }

    static List<String> warnings(Settings settings, Meshwatch meshwatch) {
        List<String> warnings = new ArrayList<>();
        if (settings.strategy().value() == Strategy.REFRESH) {
            warnings.add(settings.strategy().origin() + ": the refresh strategy is not built yet; restart is used");
        }
        if (settings.preserveState().value()) {
            warnings.add(settings.preserveState().origin() + ": preserving state is not built yet; it has no effect");
        }
        meshwatch.precheck().filter(precheck -> precheck.value()).ifPresent(precheck ->
                warnings.add(precheck.origin() + ": precheck is not built yet; it has no effect"));
        for (Map.Entry<String, AgentSettings> agent : meshwatch.agents().entrySet()) {
            if (!agent.getValue().dependsOn().isEmpty()) {
                warnings.add(agent.getValue().origin() + ": depends_on of " + agent.getKey()
                        + " is not built yet; agents start all at once");
            }
        }
        return warnings;
    }
}
