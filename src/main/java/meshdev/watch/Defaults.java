package meshdev.watch;

import java.util.ArrayList;
import java.util.List;
import meshdev.config.AgentSettings;
import meshdev.config.Sourced;

/** What is watched beside the patterns of {@code include}. */
final class Defaults {
    private static final List<Sourced<String>> PYTHON = List.of(
            Sourced.builtIn(".py"), Sourced.builtIn(".ipynb"));

    private final RuleSources sources;

    Defaults(RuleSources sources) {
        this.sources = sources;
    }

    /** Includes and the globs of single agents, which are watched too. */
    List<Sourced<String>> include() {
        List<Sourced<String>> all = new ArrayList<>(sources.meshwatch().include());
        for (AgentSettings agent : sources.meshwatch().agents().values()) {
            all.addAll(agent.watch());
        }
        return all;
    }

    /** Extensions watched below the start folders; when set by the user they add to any include. */
    List<Sourced<String>> extensions() {
        if (sources.extensions().isEmpty()) {
            return sources.meshwatch().includesAreBuiltIn() ? PYTHON : List.of();
        }
        Sourced<List<String>> set = sources.extensions().get();
        List<Sourced<String>> each = new ArrayList<>();
        for (String extension : set.value()) {
            each.add(new Sourced<>(extension, set.origin()));
        }
        return each;
    }
}
