package meshdev.cli;

import java.util.ArrayList;
import java.util.List;
import meshdev.config.Settings;
import meshdev.config.Strategy;

/** Settings that are understood and checked but change nothing in this version: users are told, never left guessing. */
final class NotYet {
    private NotYet() {
    }

    static List<String> warnings(Settings settings) {
        List<String> warnings = new ArrayList<>();
        if (settings.strategy().value() == Strategy.REFRESH) {
            warnings.add(settings.strategy().origin() + ": the refresh strategy is not built yet; restart is used");
        }
        return warnings;
    }
}
