package meshdev.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states of one glob, run over a path in time linear in its length, whatever the pattern: all reachable states
 * advance together, so there is nothing to backtrack to. Every state has at most one consuming edge and any number of
 * empty ones. Thread-safe.
 */
final class Automaton {
    private static final long[] NOWHERE = new long[0];

    private final Edge[] edges;
    private final long[][] closures;
    private final int words;
    private final int accept;
    /** Which ASCII characters a match may begin with: most names are no match of most patterns by their first one. */
    private final boolean[] first = new boolean[128];

    private Automaton(List<Edge> edges, long[][] closures, int accept) {
        this.edges = edges.toArray(Edge[]::new);
        this.closures = closures;
        this.words = closures[0].length;
        this.accept = accept;
        for (int state = 0; state < this.edges.length; state++) {
            if (holds(closures[0], state)) {
                this.edges[state].addFirst(first);
            }
        }
    }

    boolean matches(String path) {
        if (!path.isEmpty() && path.charAt(0) < first.length && !first[path.charAt(0)]) {
            return false;
        }
        return holds(run(path), accept);
    }

    /** Whether some longer path that begins with {@code prefix} can match. */
    boolean alive(String prefix) {
        return run(prefix).length > 0;
    }

    /** Whether every longer path that begins with {@code prefix} matches. */
    boolean matchesAllAfter(String prefix) {
        long[] states = run(prefix);
        for (int state = 0; states.length > 0 && state < edges.length; state++) {
            Edge edge = edges[state];
            if (edge.step() == Step.REST && holds(states, state) && holds(closures[edge.target()], accept)) {
                return true;
            }
        }
        return false;
    }

    private long[] run(String path) {
        long[] now = closures[0].clone();
        long[] next = new long[words];
        boolean segmentStart = true;
        for (int i = 0; i < path.length(); ) {
            int codePoint = path.codePointAt(i);
            i += Character.charCount(codePoint);
            if (!advance(now, next, codePoint, segmentStart)) {
                return NOWHERE;
            }
            long[] free = now;
            now = next;
            next = free;
            segmentStart = codePoint == '/';
        }
        return now;
    }

    private boolean advance(long[] now, long[] next, int codePoint, boolean segmentStart) {
        Arrays.fill(next, 0);
        boolean alive = false;
        for (int word = 0; word < words; word++) {
            for (long bits = now[word]; bits != 0; bits &= bits - 1) {
                Edge edge = edges[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                if (edge.accepts(codePoint, segmentStart)) {
                    union(next, closures[edge.target()]);
                    alive = true;
                }
            }
        }
        return alive;
    }

    private static void union(long[] into, long[] from) {
        for (int i = 0; i < into.length; i++) {
            into[i] |= from[i];
        }
    }

    private static boolean holds(long[] states, int state) {
        return states.length > 0 && (states[state / Long.SIZE] >>> state & 1) != 0;
    }

    /** What an edge consumes. */
    enum Step { NOTHING, LITERAL, IN_SEGMENT, CLASS, REST }

    /**
     * A consuming edge.
     *
     * @param takesLeadingDot whether it may consume the dot that makes a name hidden
     */
    record Edge(Step step, int literal, CharClass oneOf, boolean takesLeadingDot, int target) {
        private static final Edge NONE = new Edge(Step.NOTHING, 0, CharClass.EMPTY, false, 0);

        /** Adds the ASCII characters that it accepts at the start of a path. */
        void addFirst(boolean... into) {
            if (step == Step.LITERAL) {
                if (literal < into.length) {
                    into[literal] |= accepts(literal, true);
                }
                return;
            }
            for (int codePoint = 0; step != Step.NOTHING && codePoint < into.length; codePoint++) {
                into[codePoint] |= accepts(codePoint, true);
            }
        }

        boolean accepts(int codePoint, boolean segmentStart) {
            if (segmentStart && codePoint == '.' && !takesLeadingDot) {
                return false;
            }
            return switch (step) {
                case NOTHING -> false;
                case LITERAL -> codePoint == literal;
                case IN_SEGMENT -> codePoint != '/';
                case CLASS -> codePoint != '/' && oneOf.contains(codePoint);
                case REST -> true;
            };
        }
    }

    /** Collects states; state 0 is the start. */
    static final class Builder {
        private final List<Edge> edges = new ArrayList<>(List.of(Edge.NONE));
        private final List<List<Integer>> empty = new ArrayList<>(List.of(new ArrayList<>()));

        int state() {
            edges.add(Edge.NONE);
            empty.add(new ArrayList<>());
            return edges.size() - 1;
        }

        void join(int from, int to) {
            empty.get(from).add(to);
        }

        /** A state that is entered from {@code from} without consuming anything. */
        int after(int from) {
            int state = state();
            join(from, state);
            return state;
        }

        int literal(int from, int codePoint, boolean takesLeadingDot) {
            return edge(from, Step.LITERAL, codePoint, CharClass.EMPTY, takesLeadingDot);
        }

        int oneOf(int from, CharClass oneOf) {
            return edge(from, Step.CLASS, 0, oneOf, false);
        }

        int inSegment(int from, boolean takesLeadingDot) {
            return edge(from, Step.IN_SEGMENT, 0, CharClass.EMPTY, takesLeadingDot);
        }

        /** One or more of anything, slashes too. */
        int rest(int from, boolean takesLeadingDot) {
            int more = edge(after(from), Step.REST, 0, CharClass.EMPTY, takesLeadingDot);
            edges.set(more, new Edge(Step.REST, 0, CharClass.EMPTY, takesLeadingDot, more));
            return more;
        }

        void loop(int from, int to, boolean takesLeadingDot) {
            edges.set(from, new Edge(Step.IN_SEGMENT, 0, CharClass.EMPTY, takesLeadingDot, to));
        }

        Automaton build(int accept) {
            long[][] closures = new long[edges.size()][(edges.size() + Long.SIZE - 1) / Long.SIZE];
            for (int state = 0; state < closures.length; state++) {
                close(state, closures[state]);
            }
            return new Automaton(edges, closures, accept);
        }

        private int edge(int from, Step step, int literal, CharClass oneOf, boolean takesLeadingDot) {
            int source = edges.get(from).step() == Step.NOTHING ? from : after(from);
            int target = state();
            edges.set(source, new Edge(step, literal, oneOf, takesLeadingDot, target));
            return target;
        }

        private void close(int start, long[] into) {
            List<Integer> open = new ArrayList<>(List.of(start));
            while (!open.isEmpty()) {
                int state = open.remove(open.size() - 1);
                if ((into[state / Long.SIZE] >>> state & 1) == 0) {
                    into[state / Long.SIZE] |= 1L << state;
                    open.addAll(empty.get(state));
                }
            }
        }
    }
}
