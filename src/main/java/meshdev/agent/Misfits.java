package meshdev.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.ConfigException;

/**
 * What is found in a folder and cannot be an agent: an error before anything runs; beside agents that run, left out, so that it
 * is in nobody's way.
 */
final class Misfits {
    private final Surroundings place;
    /** By file, the names of the agents that run; empty when none does yet. */
    private final Optional<Map<Path, String>> running;
    private final List<String> leftOut = new ArrayList<>();

    Misfits(Surroundings place, Optional<Map<Path, String>> running) {
        this.place = place;
        this.running = running;
    }

    /** Complete sentences for a user. */
    List<String> leftOut() {
        return leftOut;
    }

    /** @throws ConfigException this one, when nothing runs yet */
    void leaveOut(Candidate candidate, ConfigException why) {
        if (running.isEmpty()) {
            throw why;
        }
        String name = running.get().get(candidate.file());
        leftOut.add(place.shown(candidate.subject()) + (name == null ? " is not started: " : " goes on as " + name + ": ")
                + why.getMessage());
    }

    /**
     * Which of two with one name is left out: not the one that runs by it, and none that {@code .meshwatch} speaks of.
     *
     * @throws ConfigException this one, when nothing runs yet or there is no such
     */
    Draft loser(Draft one, Draft other, ConfigException why) {
        Draft loser = isHolder(other) && !one.isDeclared() || other.isDeclared() ? one : other;
        if (loser.isDeclared() || isHolder(loser)) {
            throw why;
        }
        leaveOut(loser.candidate(), why);
        return loser;
    }

    private boolean isHolder(Draft draft) {
        return running.isPresent() && draft.name().equals(running.get().get(draft.candidate().file()));
    }
}
