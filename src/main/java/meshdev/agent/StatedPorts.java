package meshdev.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The HTTP ports that an agent's own code states as plain numbers: for its decorator's {@code http_port} ({@code httpPort}), or
 * beside the variable {@code HTTP_PORT}. 0 states none: the system is to pick one. Comments and texts state nothing.
 */
public final class StatedPorts {
    /** Code is shorter; what lies beyond is data. */
    private static final int LIMIT_BYTES = 1 << 20;

    private StatedPorts() {
    }

    /** None when the file cannot be read or is no source. */
    public static SortedSet<Integer> of(Agent agent) {
        try {
            return switch (agent.kind()) {
                case JAR, MAVEN -> new TreeSet<>();
                case NOTEBOOK -> inPython(NotebookCells.read(agent.file()));
                case NODE, TYPESCRIPT -> inScript(LimitedText.read(agent.file(), LIMIT_BYTES));
                case PYTHON, EXECUTABLE -> inPython(LimitedText.read(agent.file(), LIMIT_BYTES));
            };
        } catch (IOException e) {
            return new TreeSet<>();
        }
    }

    /** Also of other languages with its kinds of comments and strings. */
    static SortedSet<Integer> inPython(String source) {
        List<String> tokens = new ArrayList<>();
        if (mayState(source)) {
            PythonTokens reader = new PythonTokens(source);
            for (String token = reader.next(); !token.equals(PythonTokens.END); token = reader.next()) {
                tokens.add(token);
            }
        }
        return PortStatements.in(tokens);
    }

    static SortedSet<Integer> inScript(String source) {
        List<String> tokens = new ArrayList<>();
        if (mayState(source)) {
            for (ScriptTokens.Token token : ScriptTokens.of(source)) {
                tokens.add(switch (token.kind()) {
                    case LITERAL -> "\"" + token.text();
                    case OPAQUE -> PythonTokens.OPAQUE_STRING;
                    case WORD, MARK -> token.text();
                });
            }
        }
        return PortStatements.in(tokens);
    }

    /** Before anything is cut into tokens; what is compiled has a NUL. */
    private static boolean mayState(String source) {
        return (source.contains("http_port") || source.contains("HTTP_PORT") || source.contains("httpPort"))
                && source.indexOf('\0') < 0;
    }
}
