package meshdev.agent;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the plain numbers that tokens of source code give to the HTTP port. Needs no grammar, so it knows several languages a little:
 * a number, or names that have one in the same file, behind {@code http_port}, {@code httpPort} or {@code HTTP_PORT}.
 */
final class PortStatements {
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

    private PortStatements(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Of all names of the HTTP port; without 0. */
    static SortedSet<Integer> in(List<String> tokens) {
        return new PortStatements(tokens).all();
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
