package meshdev.config;

import java.nio.file.Path;

/** Makes the identity under which an agent registers: the same at every start of the same agent in the same project. */
final class AgentId {
    private AgentId() {
    }

    /** The name, without dashes at its ends, and eight hexadecimal digits; matches {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}. */
    static String of(Path root, String agent) {
        String name = withoutOuterDashes(agent);
        String hash = ShortHash.of(root + "\0" + agent);
        return name.isEmpty() ? hash : name + "-" + hash;
    }

    private static String withoutOuterDashes(String agent) {
        int start = 0;
        int end = agent.length();
        while (start < end && agent.charAt(start) == '-') {
            start++;
        }
        while (end > start && agent.charAt(end - 1) == '-') {
            end--;
        }
        return agent.substring(start, end);
    }
}
