package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import meshdev.agent.Shown;

/** Says to a user why a file concerns an agent. */
final class ImportWords {
    private final Path projectRoot;

    /** @param projectRoot files are named relative to it */
    ImportWords(Path projectRoot) {
        this.projectRoot = projectRoot;
    }

    /** @param chain from the entry file to the one that imports, both included */
    String imported(String agent, List<Path> chain) {
        String by = "imported by ".concat(agent);
        return chain.size() < 2 ? by : by + " via " + shown(chain.get(1));
    }

    String doubt(String agent, Closure.Doubt doubt) {
        String file = shown(doubt.file());
        return doubt.line() == 0
                ? agent + " imports " + file + ", which cannot be read"
                : agent + " imports computed names (" + file + ":" + doubt.line() + ": " + Shown.escaped(doubt.what()) + ")";
    }

    String notReadYet(String agent) {
        return "what " + agent + " imports is not known yet";
    }

    String readAgain(String agent) {
        return "what " + agent + " imports is being read again";
    }

    String unreadable(String agent) {
        return "what " + agent + " imports cannot be read";
    }

    String opaque(String agent) {
        return "what " + agent + " runs is not known";
    }

    private String shown(Path file) {
        return Shown.path(file, projectRoot);
    }
}
