package meshdev.watch;

import java.util.ArrayList;
import java.util.List;

/** A bracket expression: code points by inclusive ranges, or all but these. */
record CharClass(boolean negated, List<Range> ranges) {
    static final CharClass EMPTY = new CharClass(false, List.of());

    CharClass {
        ranges = List.copyOf(ranges);
    }

    boolean contains(int codePoint) {
        boolean listed = false;
        for (int i = 0; i < ranges.size() && !listed; i++) {
            listed = ranges.get(i).first() <= codePoint && codePoint <= ranges.get(i).last();
        }
        return listed != negated;
    }

    record Range(int first, int last) {
    }

    /** Gathers ranges while a pattern is read. */
    static final class Builder {
        private final boolean negated;
        private final List<Range> ranges = new ArrayList<>();

        Builder(boolean negated) {
            this.negated = negated;
        }

        void add(int first, int last) {
            ranges.add(new Range(first, last));
        }

        boolean isEmpty() {
            return ranges.isEmpty();
        }

        CharClass build() {
            return new CharClass(negated, ranges);
        }
    }
}
