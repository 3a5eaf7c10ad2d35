package meshdev.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the known word a misspelt one was probably meant to be. */
final class Suggestion {
    private static final int LONGEST = 40;
    private static final int FARTHEST = 3;

    private Suggestion() {
    }

    /** {@code ; did you mean "exclude"?}, or nothing when no known word is near. */
    static String forWord(String word, Collection<String> known) {
        String best = "";
        int bestDistance = Math.min(FARTHEST, Math.max(1, word.length() / 3)) + 1;
        String spelt = word.toLowerCase(Locale.ROOT).replace('-', '_');
        for (String candidate : known) {
            int distance = distance(spelt, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
    }

    /** Edits needed, where a swap of neighbours counts as one; words beyond a length are simply far. */
    private static int distance(String a, String b) {
        if (a.length() > LONGEST) {
            return LONGEST;
        }
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + same, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
