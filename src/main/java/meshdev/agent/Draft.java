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
    boolean hasCommand() {
        return settings.isPresent() && !settings.get().command().isEmpty();
    }
}
