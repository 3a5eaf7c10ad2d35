package meshdev.report;

import java.util.Map;

/** What {@code --color} asks for. */
public enum ColorMode {
    /** Colours on a terminal that can show them. */
    AUTO,
    ALWAYS,
    NEVER;

    /**
     * Decides; the flag beats {@code NO_COLOR}, which beats {@code FORCE_COLOR}, which beats {@code TERM=dumb}. A
     * variable that is empty says nothing.
     *
     * @param environment mesh-dev's own
     * @param terminal    whether standard output is one
     */
    public boolean isColored(Map<String, String> environment, boolean terminal) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> automatic(environment, terminal);
        };
    }

    private static boolean automatic(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("FORCE_COLOR", "");
        if (!force.isEmpty()) {
            return !force.equals("0") && !force.equalsIgnoreCase("false");
        }
        return terminal && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
