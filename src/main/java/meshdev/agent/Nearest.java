package meshdev.agent;

import java.util.List;
import meshdev.config.EditDistance;

/** Finds the name a misspelt one was probably meant to be. */
final class Nearest {
    private Nearest() {
    }

    /** {@code did you mean "orders"?} when a name is near, else all names, else a plain word that there are none. */
    static String to(String name, List<String> known) {
        String best = "";
        int limit = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance = EditDistance.between(name, candidate);
            if (distance < limit) {
                best = candidate;
                limit = distance;
            }
        }
        if (!best.isEmpty()) {
            return "did you mean \"" + best + "\"?";
        }
        return known.isEmpty() ? "no agent was found" : "the agents found are " + String.join(", ", known);
    }
}
