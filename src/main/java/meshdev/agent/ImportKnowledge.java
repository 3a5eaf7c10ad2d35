package meshdev.agent;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** What is known at this moment of agents' imports. Answers at once and may be asked from any thread. */
public interface ImportKnowledge {
    /** Knows nothing, so that a source file which no other claim holds concerns all agents. */
    ImportKnowledge NONE = new ImportKnowledge() {
        @Override
        public void changed(Collection<Path> files) {
            // nothing that is known could change
        }

        @Override
        public boolean covers(Path file) {
            return false;
        }

        @Override
        public Optional<String> concern(Path file, Agent agent) {
            return Optional.empty();
        }

        @Override
        public boolean isGuess(Path file, Agent agent) {
            return false;
        }

        @Override
        public boolean runs(Path file, Agent agent) {
            return true;
        }
    };

    /** Files were created, deleted or modified; what they said before does not count from now on. To be told before asking. */
    void changed(Collection<Path> files);

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

    /** Whether a {@link #concern} may turn out to be none in a moment, when the agent's imports have been read. */
    boolean isGuess(Path file, Agent agent);

    /** Whether the agent runs the file by its imports, or nobody knows; not merely because it may import anything. */
    boolean runs(Path file, Agent agent);
}
