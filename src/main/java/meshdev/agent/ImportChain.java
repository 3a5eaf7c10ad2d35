package meshdev.agent;

import java.nio.file.Path;
import java.util.List;

/** Shows by which imports an agent comes to run a file, for whoever wants to know more than that it does. */
@FunctionalInterface
public interface ImportChain {
    /**
     * The import statements from the agent's entry file to this one.
     *
     * @return places such as {@code lib/tax.py:3}, the entry file's first; empty when the agent does not import the file,
     *         or nobody knows
     */
    List<String> chain(Path file, Agent agent);
}
