package meshdev.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The HTTP ports that an agent's own code states as plain numbers: for its decorator's {@code http_port} ({@code httpPort}), or
 * beside the variable {@code HTTP_PORT}. 0 states none: the system is to pick one. Comments and texts state nothing.
 */
public final class StatedPorts {
    /** Code is shorter; what lies beyond is data. */
    private static final int LIMIT_BYTES = 1 << 20;
    private static final Set<String> ENDING = Set.of(",", ";", "@");
    private static final Set<String> CLOSING = Set.of(")", "]", "}");
    /** What leads from a name to its value, in Python, JavaScript, TypeScript or a shell. */
    private static final Set<String> LEADING = Set.of("=", ":", "or", "|", "?");
    /** What asks for a name's value before a colon. */
    private static final Set<String> ASKING = Set.of("if", "elif", "while", "not", "and", "or");
    private static final Set<String> JOINING = Set.of("or", "and", "if", "else", "new");
    private static final int HIGHEST = 65_535;
    /** Of an expression; no port stands deeper in one. */
    private static final int MOST_TOKENS = 64;

    private final List<String> tokens;

    private StatedPorts(List<String> tokens) {
        this.tokens = tokens;
    }

    /** None when the file cannot be read or is no source. */
    public static SortedSet<Integer> of(Agent agent) {
        try {
            return switch (agent.kind()) {
                case JAR, MAVEN -> new TreeSet<>();
                case NOTEBOOK -> inPython(NotebookCells.read(agent.file()));
                case NODE, TYPESCRIPT -> inScript(text(agent.file()));
                case PYTHON, EXECUTABLE -> inPython(text(agent.file()));
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
        return new StatedPorts(tokens).all();
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
        return new StatedPorts(tokens).all();
    }

    /** Before anything is cut into tokens; what is compiled has a NUL. */
    private static boolean mayState(String source) {
        return (source.contains("http_port") || source.contains("HTTP_PORT") || source.contains("httpPort"))
                && source.indexOf('\0') < 0;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8);
        }
    }

    private SortedSet<Integer> all() {
        SortedSet<Integer> ports = new TreeSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isHttpPort(unquoted(tokens.get(i)))) {
                addValue(valueOf(i), ports, true);
            }
        }
        ports.remove(0);
        return ports;
    }

    private static boolean isHttpPort(String word) {
        return word.equals("http_port") || word.equals("httpPort") || word.endsWith("HTTP_PORT");
    }

    private static String unquoted(String token) {
        return PythonTokens.isLiteral(token) ? token.substring(1) : token;
    }

    /** Where the value of the name at this index begins; the end of all tokens when it is given none. */
    private int valueOf(int name) {
        int at = name + 1;
        if (PythonTokens.isLiteral(tokens.get(name)) && token(at).equals(",")) {
            return at + 1;
        }
        while (CLOSING.contains(token(at))) {
            at++;
        }
        boolean compared = token(at).equals("=") && token(at + 1).equals("=");
        if (compared || token(at).equals(":") && name > 0 && ASKING.contains(tokens.get(name - 1))) {
            return tokens.size();
        }
        int value = at;
        while (LEADING.contains(token(value)) || value > at && token(value).equals("-")) {
            value++;
        }
        return value > at ? value : tokens.size();
    }

    private String token(int index) {
        return index < tokens.size() ? tokens.get(index) : PythonTokens.END;
    }

    /** The first number of an expression, or else those that its names are given elsewhere in the file. */
    private void addValue(int start, SortedSet<Integer> ports, boolean follow) {
        int depth = 0;
        boolean afterOperand = false;
        for (int i = start; i < Math.min(tokens.size(), start + MOST_TOKENS); i++) {
            String token = tokens.get(i);
            boolean operand = isOperand(token);
            if (isNumber(unquoted(token))) {
                ports.add(Integer.parseInt(unquoted(token)));
                return;
            }
            depth += "([{".contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
            if (depth < 0 || depth == 0 && ENDING.contains(token) || operand && afterOperand) {
                return;
            }
            if (operand && follow) {
                addGiven(token, ports);
            }
            afterOperand = operand;
        }
    }

    /** Two of them without a mark between them: the next statement has begun. */
    private static boolean isOperand(String token) {
        char first = token.charAt(0);
        return !JOINING.contains(token) && (first == '"' || first == '\'' || Character.isJavaIdentifierStart(first));
    }

    private void addGiven(String name, SortedSet<Integer> ports) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals(name) && (token(i + 1).equals("=") || token(i + 1).equals(":"))) {
                addValue(i + 2, ports, false);
            }
        }
    }

    private static boolean isNumber(String token) {
        return !token.isEmpty() && token.length() <= 5 && token.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(token) <= HIGHEST;
    }
}
