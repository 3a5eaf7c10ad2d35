package meshdev.mesh;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an agent may say of itself; what it does not say again stays as it was. */
enum Trait {
    NAME, NAMESPACE, AGENT_TYPE, RUNTIME, VERSION;

    private static final int LONGEST_ID = 253;
    private static final int LONGEST_NAME = 63;
    private static final Pattern NAME_FORM = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Set<String> AGENT_TYPES = Set.of("mcp_agent", "api", "a2a", "mesh_tool", "decorator_agent");
    private static final Set<String> RUNTIMES = Set.of("python", "java", "typescript");

    /** For an agent that never said it. */
    String defaultFor(String agentId) {
        return switch (this) {
            case NAME -> agentId;
            case NAMESPACE -> "default";
            case AGENT_TYPE -> "mcp_agent";
            case RUNTIME -> "python";
            case VERSION -> "";
        };
    }

    /** What is wrong with a value. */
    Optional<String> complaint(String value) {
        return switch (this) {
            case NAME -> complaint("name", value, LONGEST_NAME);
            case NAMESPACE -> complaint("namespace", value, LONGEST_NAME);
            case AGENT_TYPE -> unless(AGENT_TYPES.contains(value), "agent_type: invalid value \"" + value + "\"");
            case RUNTIME -> unless(RUNTIMES.contains(value), "runtime: invalid value \"" + value + "\"");
            case VERSION -> Optional.empty();
        };
    }

    static Optional<String> complaintAboutId(String agentId) {
        return complaint("agent_id", agentId, LONGEST_ID);
    }

    private static Optional<String> complaint(String what, String value, int longest) {
        if (value.isEmpty()) {
            return Optional.of(what + ": " + what + " cannot be empty");
        }
        if (value.length() > longest) {
            return Optional.of(what + ": " + what + " cannot exceed " + longest + " characters");
        }
        return unless(NAME_FORM.matcher(value).matches(),
                what + ": " + what + " must contain only lowercase alphanumeric characters and hyphens");
    }

    private static Optional<String> unless(boolean right, String complaint) {
        return right ? Optional.empty() : Optional.of(complaint);
    }
}
