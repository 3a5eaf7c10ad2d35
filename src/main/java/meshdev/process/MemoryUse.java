package meshdev.process;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Proportional memory in bytes: what is shared counts in equal parts for all who share it.
 *
 * @param groups of process groups, by the pids of their leaders; those that could not be read are left out
 * @param own    of mesh-dev and its helpers; empty where the system does not tell
 */
public record MemoryUse(Map<Long, Long> groups, OptionalLong own) {
    public MemoryUse {
        groups = Map.copyOf(groups);
    }
}
