package meshdev.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the known word a misspelt one was probably meant to be. */
final class Suggestion {
    private static final int FARTHEST = 3;

    private Suggestion() {
    }

    /** {@code ; did you mean "exclude"?}, or nothing when no known word is near. */
    static String forWord(String word, Collection<String> known) {
        String best = "";
        int bestDistance = Math.min(FARTHEST, Math.max(1, word.length() / 3)) + 1;
        String spelt = word.toLowerCase(Locale.ROOT).replace('-', '_');
        for (String candidate : known) {
            int distance = EditDistance.between(spelt, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
    }
}
