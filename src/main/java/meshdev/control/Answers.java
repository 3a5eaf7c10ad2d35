package meshdev.control;

import java.util.List;
import java.util.Map;

/**
 * What the supervisors of a project answered.
 *
 * @param documents one of each, in the order of their sockets
 * @param troubles  a sentence for each that runs and did not answer
 */
public record Answers(List<Map<String, Object>> documents, List<String> troubles) {
    public Answers {
        documents = List.copyOf(documents);
        troubles = List.copyOf(troubles);
    }

    /** No supervisor runs. */
    public boolean isNobody() {
        return documents.isEmpty() && troubles.isEmpty();
    }
}
