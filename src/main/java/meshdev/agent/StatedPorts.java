package meshdev.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port numbers that an agent's own file states, such as {@code http_port=0}. While they are the same, the agent wants the port
 * it had; when one is another, the code is to have its way.
 */
public final class StatedPorts {
    /** Code is shorter; what lies beyond is data. */
    private static final int LIMIT_BYTES = 1 << 20;
    /** {@code port}, {@code HTTP_PORT} or {@code httpPort}, not {@code report}; then a number, with punctuation, int or or between. */
    private static final Pattern STATEMENT = Pattern.compile(
            "(?:(?<![A-Za-z])port|Port|PORT)[^\\w\\n]{1,12}(?:(?:or|int)[^\\w\\n]{1,6}){0,2}(\\d{1,5})\\b");

    private StatedPorts() {
    }

    /** The numbers in order, with commas between them; empty when the file states none, cannot be read or is no text. */
    public static String of(Agent agent) {
        return agent.kind() == Agent.Kind.JAR ? "" : in(text(agent.file()));
    }

    static String in(String source) {
        StringBuilder numbers = new StringBuilder();
        Matcher matcher = STATEMENT.matcher(source);
        while (matcher.find()) {
            numbers.append(numbers.isEmpty() ? "" : ",").append(matcher.group(1));
        }
        return numbers.toString();
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
