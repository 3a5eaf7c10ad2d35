package meshdev.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the text of a Python file says about being an agent.
 *
 * @param guarded   compares {@code __name__} with {@code "__main__"}
 * @param mesh      calls or decorates with {@code mesh.agent} or {@code mesh_agent}; importing it is not enough
 * @param fastMcp   calls {@code FastMCP(…)}
 * @param meshName  the literal {@code name=} of the first mesh decorator that has one
 */
record PythonSource(boolean guarded, boolean mesh, boolean fastMcp, Optional<String> meshName) {
    /** Says nothing: the source of what is not Python. */
    static final PythonSource NONE = new PythonSource(false, false, false, Optional.empty());
    /** What lies beyond is not looked at: no hand-written agent is this long, and start-up must not wait for data. */
    private static final int LIMIT_BYTES = 1 << 20;

    /** Reads at most 1 MiB as UTF-8; wrong bytes are replaced, never an error. */
    static PythonSource read(Path file) throws IOException {
        return of(LimitedText.read(file, LIMIT_BYTES));
    }

    static PythonSource of(String source) {
        return new Reading(new PythonTokens(source)).result();
    }

    boolean looksLikeAgent() {
        return guarded || mesh || fastMcp;
    }

    /** Stronger than {@link #looksLikeAgent}: a library module with a demonstration under a guard is not meant. */
    boolean standsAlone() {
        return mesh || guarded && fastMcp;
    }

    /** One pass over the tokens with the three before the current one at hand. */
    private static final class Reading {
        private final PythonTokens tokens;
        private String last = "";
        private String second = "";
        private String third = "";
        private boolean guarded;
        private boolean mesh;
        private boolean fastMcp;
        private int depth;
        private String open = "";
        private Optional<String> name = Optional.empty();

        Reading(PythonTokens tokens) {
            this.tokens = tokens;
        }

        PythonSource result() {
            for (String token = tokens.next(); !token.equals(PythonTokens.END); token = tokens.next()) {
                accept(token);
                third = second;
                second = last;
                last = token;
            }
            return new PythonSource(guarded, mesh, fastMcp, name);
        }

        private void accept(String token) {
            guarded = guarded || second.length() > 0 && last.equals("==") && comparesMain(second, token);
            boolean call = token.equals("(");
            fastMcp = fastMcp || call && last.equals("FastMCP") && !isDefinition(second);
            boolean meshCall = call
                    && (last.equals("mesh_agent") && !isDefinition(second) || isMeshAgent(last, second, third));
            mesh = mesh || meshCall || last.equals("@") && token.equals("mesh_agent")
                    || third.equals("@") && isMeshAgent(token, last, second);
            if (depth > 0) {
                readArguments(token);
            } else if (meshCall && name.isEmpty()) {
                depth = 1;
            }
        }

        /** Inside the parentheses of a mesh decorator, until they close. */
        private void readArguments(String token) {
            if (!open.isEmpty()) {
                finishName(token);
            } else if (depth == 1 && PythonTokens.isLiteral(token) && last.equals("=") && second.equals("name")
                    && (third.equals("(") || third.equals(","))) {
                open = token;
            }
            switch (token) {
                case "(", "[", "{" -> depth++;
                case ")", "]", "}" -> depth--;
                default -> { }
            }
        }

        /** A literal is the whole value only if the argument ends after it; neighbours are one string in Python. */
        private void finishName(String token) {
            if (PythonTokens.isLiteral(token)) {
                open = open.concat(token.substring(1));
                return;
            }
            if (token.equals(",") || token.equals(")")) {
                name = Optional.of(open.substring(1));
            }
            open = "";
        }

        private static boolean isDefinition(String before) {
            return before.equals("def") || before.equals("class");
        }

        private static boolean isMeshAgent(String last, String second, String third) {
            return last.equals("agent") && second.equals(".") && third.equals("mesh");
        }

        private static boolean comparesMain(String left, String right) {
            return left.equals("__name__") && right.equals("\"__main__")
                    || left.equals("\"__main__") && right.equals("__name__");
        }
    }
}
