package meshdev.agent;

import java.nio.file.Path;
import java.util.Optional;

/** What is known at this moment of agents' imports. Answers at once and may be asked from any thread. */
public interface ImportKnowledge {
    /** Knows nothing, so that a source file which no other claim holds concerns all agents. */
    ImportKnowledge NONE = new ImportKnowledge() {
        @Override
        public boolean covers(Path file) {
            return false;
        }

        @Override
        public Optional<String> concern(Path file, Agent agent) {
            return Optional.empty();
        }

        @Override
        public boolean isPending(Agent agent) {
            return false;
        }

        @Override
        public boolean runs(Path file, Agent agent) {
            return true;
        }
    };

    /**
     * Whether imports decide about this file: a {@code .py}, for which no {@link #concern} means that nobody runs it.
     * Any other file that no agent claims concerns all.
     */
    boolean covers(Path file);

    /**
     * Whether a change of the file concerns the agent by its imports: it runs the file, did so before the change, would
     * find it if it were created, or may import anything.
     *
     * @return words for a user, such as {@code imported by orders via lib/tax.py}
     */
    Optional<String> concern(Path file, Agent agent);

    /** Whether more will be known of the agent's imports in a moment, so that a {@link #concern} may turn out to be none. */
    boolean isPending(Agent agent);

    /** Whether the agent runs the file by its imports, or nobody knows; not merely because it may import anything. */
    boolean runs(Path file, Agent agent);
}
