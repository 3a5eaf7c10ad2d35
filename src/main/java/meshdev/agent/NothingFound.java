package meshdev.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meshdev.config.ConfigException;

/** The words for start paths without any agent: why each file is none, and what to do. */
final class NothingFound {
    /** More would push the remedy off the screen. */
    private static final int LISTED = 20;
    private static final String AGENTS = "agents";

    private final Surroundings place;
    private final StartPaths start;

    NothingFound(Surroundings place, StartPaths start) {
        this.place = place;
        this.start = start;
    }

    ConfigException because(List<Skipped> skipped) {
        StringBuilder text = new StringBuilder("no agent found in ").append(paths());
        for (int i = 0; i < Math.min(LISTED, skipped.size()); i++) {
            text.append("\n  ").append(place.shown(skipped.get(i).path())).append(": ").append(skipped.get(i).reason());
        }
        if (skipped.size() > LISTED) {
            text.append("\n  and ").append(skipped.size() - LISTED).append(" more");
        }
        text.append(skipped.isEmpty() ? ", it is empty; " : "\n").append(remedy());
        return new ConfigException(text.toString());
    }

    private String paths() {
        List<String> shown = new ArrayList<>();
        start.paths().forEach(path -> shown.add(place.shown(path)));
        return String.join(", ", shown);
    }

    private String remedy() {
        Optional<Path> folder = agentsNearby();
        return folder.isPresent()
                ? "the agents of this project may be in another folder: mesh-dev start " + place.shown(folder.get())
                : "name an agent's file, such as mesh-dev start path/to/agent.py, or describe it under agents: in .meshwatch";
    }

    /** The folder that would have been taken in the folder that was named, or in the project's root. */
    private Optional<Path> agentsNearby() {
        List<Path> bases = new ArrayList<>(start.paths());
        bases.add(place.projectRoot());
        for (Path base : bases) {
            Path agents = base.resolve(AGENTS);
            if (Files.isDirectory(agents) && !start.paths().contains(agents)) {
                return Optional.of(agents);
            }
        }
        return Optional.empty();
    }
}
