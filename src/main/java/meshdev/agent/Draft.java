package meshdev.agent;

import java.util.Optional;
import meshdev.config.AgentSettings;

/**
 * A named program with what {@code .meshwatch} says about it, before anything is checked.
 *
 * @param settings empty when {@code agents:} has no entry of this name
 * @param added    whether only {@code .meshwatch} knows of it
 */
record Draft(String name, Candidate candidate, Optional<AgentSettings> settings, boolean added) {
    /** Whether {@code .meshwatch} speaks of this very program, and not only of an agent of its name. */
    boolean isDeclared() {
        return added || settings.isPresent() && settings.get().path().isPresent();
    }

    /** Whether {@code .meshwatch} names programs or folders that may be missing. */
    boolean saysHowToRun() {
        return hasCommand() || settings.isPresent() && settings.get().cwd().isPresent();
    }

    boolean hasCommand() {
        return settings.isPresent() && !settings.get().command().isEmpty();
    }
}
