package meshdev.mesh;

import java.util.List;

/** What became of a heartbeat. */
sealed interface Outcome {
    /** @param isNew the agent was not known before */
    record Taken(boolean isNew, List<Answer> answers) implements Outcome {
    }

    /** Nothing has changed. */
    record Refused(String complaint) implements Outcome {
    }
}
