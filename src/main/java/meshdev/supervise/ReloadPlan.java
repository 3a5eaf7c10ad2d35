package meshdev.supervise;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whom a change touches. Asked on the supervisor's thread; must answer at once. */
public interface ReloadPlan {
    /** The names of the agents to reload; none when the file touches nobody. */
    List<String> affectedBy(Path file);

    /** Why these files reload this agent, for the user. */
    String reason(String agent, Set<Path> files);
}
