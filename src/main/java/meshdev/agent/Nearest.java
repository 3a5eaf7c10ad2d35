package meshdev.agent;

import java.util.List;

/** Finds the name a misspelt one was probably meant to be. */
final class Nearest {
    private Nearest() {
    }

    /** {@code did you mean "orders"?} when a name is near, else all names, else a plain word that there are none. */
    static String to(String name, List<String> known) {
        String best = "";
        int limit = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(name, candidate);
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

    /** The number of characters to add, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
