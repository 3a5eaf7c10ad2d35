package meshdev.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port numbers that an agent's own file states, such as {@code http_port=0}. While they are the same, the agent wants the port
 * it had; when one is another, the code is to have its way.
 */
public final class StatedPorts {
    /** Code is shorter; what lies beyond is data. */
    private static final int LIMIT_BYTES = 1 << 20;
    private static final int MOST_DIGITS = 5;

    private StatedPorts() {
    }

    /** The numbers, with commas between them; empty when the file states none, cannot be read or is a jar. */
    public static String of(Agent agent) {
        return agent.kind() == Agent.Kind.JAR ? "" : in(text(agent.file()));
    }

    static String in(String source) {
        StringBuilder numbers = new StringBuilder();
        add(source, "ort", numbers);
        add(source, "ORT", numbers);
        return numbers.toString();
    }

    /** By hand, because a pattern takes five times as long, at each launch and on the supervisor's thread. */
    private static void add(String source, String ending, StringBuilder numbers) {
        for (int at = source.indexOf(ending); at >= 0; at = source.indexOf(ending, at + 1)) {
            String number = isPort(source, at) ? number(source, at + ending.length()) : "";
            if (!number.isEmpty()) {
                numbers.append(numbers.isEmpty() ? "" : ",").append(number);
            }
        }
    }

    /** {@code port}, {@code HTTP_PORT} or {@code httpPort}, not {@code report}; of capitals any word that ends so. */
    private static boolean isPort(String source, int afterP) {
        char p = afterP > 0 ? source.charAt(afterP - 1) : ' ';
        boolean wordBegins = afterP < 2 || !Character.isLetter(source.charAt(afterP - 2));
        return p == 'P' || p == 'p' && wordBegins;
    }

    /** The number behind punctuation, with {@code int} or {@code or} in between, on the same line; empty when there is none. */
    private static String number(String source, int from) {
        int at = afterPunctuation(source, from);
        for (int words = 0; words < 2 && at > from; words++) {
            int word = source.startsWith("int", at) ? at + 3 : source.startsWith("or", at) ? at + 2 : at;
            at = word == at ? at : afterPunctuation(source, word);
        }
        int end = at;
        while (end < source.length() && Character.isDigit(source.charAt(end))) {
            end++;
        }
        boolean whole = end == source.length() || !Character.isJavaIdentifierPart(source.charAt(end));
        return at > from && end - at <= MOST_DIGITS && whole ? source.substring(at, end) : "";
    }

    private static int afterPunctuation(String source, int from) {
        int at = from;
        while (at < source.length() && source.charAt(at) != '\n' && !Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
