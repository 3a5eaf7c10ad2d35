package meshdev.report;

import java.util.List;
import java.util.Optional;

/**
 * An agent that needs more memory with every incarnation, each measured at the same age.
 *
 * @param incarnations that grew in a row
 */
record MemoryGrowth(int incarnations, long from, long to) {
    /** Fewer may be chance; and an edit may well add an import once or twice. */
    static final int IN_A_ROW = 5;
    private static final double WORTH_TELLING = 1.2;

    /** @param bytes of the incarnations, oldest first; only the newest {@link #IN_A_ROW} count */
    static Optional<MemoryGrowth> of(List<Long> bytes) {
        if (bytes.size() < IN_A_ROW) {
            return Optional.empty();
        }
        List<Long> newest = bytes.subList(bytes.size() - IN_A_ROW, bytes.size());
        for (int at = 1; at < IN_A_ROW; at++) {
            if (newest.get(at) <= newest.get(at - 1)) {
                return Optional.empty();
            }
        }
        long from = newest.get(0);
        long to = newest.get(IN_A_ROW - 1);
        return to > from * WORTH_TELLING ? Optional.of(new MemoryGrowth(IN_A_ROW, from, to)) : Optional.empty();
    }

    String sentence() {
        return "memory grew with each of the last " + incarnations + " incarnations, from " + Wording.megabytes(from) + " to "
                + Wording.megabytes(to) + "; what it keeps between reloads may grow, too";
    }
}
