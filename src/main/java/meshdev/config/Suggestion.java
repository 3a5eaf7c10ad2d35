package meshdev.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word a misspelt one was probably meant to be. */
public final class Suggestion {
    private static final int FARTHEST = 3;

    private Suggestion() {
    }

    /** {@code ; did you mean "exclude"?}, or nothing when no known word is near. */
    static String forWord(String word, Collection<String> known) {
        return nearest(word, known).map(best -> "; did you mean \"" + best + "\"?").orElse("");
    }

    /** The known word with the fewest slips between, if there are few. */
    public static Optional<String> nearest(String word, Collection<String> known) {
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
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }
}
