package meshdev.python.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An interpreter that waits; talked with as the protocol in {@code runner.py} says. */
final class Waiting {
    private static final HexFormat HEX = HexFormat.of();

    private final Running process;
    private final String prefix;
    private final StringBuilder early = new StringBuilder();
    private final List<String> first;

    Waiting(Running process, String nonce) throws IOException {
        this.process = process;
        this.prefix = "\u001e" + nonce + " ";
        this.first = answer();
    }

    private List<String> answer() throws IOException {
        while (true) {
            String line = process.line();
            if (line.startsWith(prefix)) {
                return List.of(line.substring(prefix.length()).trim().split(" "));
            }
            if (line.isEmpty()) {
                throw new IllegalStateException("no answer: " + early);
            }
            early.append(line);
        }
    }

    /** What was printed while it was got ready. */
    String early() {
        return early.toString();
    }

    Waiting ready() {
        assertEquals("READY", first.get(0), () -> first.get(0) + " " + text(first.get(1)));
        return this;
    }

    int preloaded() {
        return Integer.parseInt(ready().first.get(1));
    }

    /** What kept modules out; empty for nothing. */
    String note() {
        return ready().first.get(3).equals("-") ? "" : text(first.get(3));
    }

    /** Why nothing is preloaded. It has ended. */
    String unfit() throws Exception {
        assertEquals("UNFIT", first.get(0), () -> "ready: " + note());
        assertEquals(new Outcome(0, "", ""), process.end());
        return text(first.get(1));
    }

    /** Why it is not what a new one would be; empty when it is. */
    String stale() throws IOException {
        List<String> answer = ask("VERIFY").get(0);
        return answer.get(2).equals("OK") ? "" : text(answer.get(3));
    }

    /** What it says of each file. */
    List<List<String>> ask(String kind, Path... files) throws IOException {
        StringBuilder request = new StringBuilder(kind).append(" 7");
        for (Path file : files) {
            request.append(' ').append(hex(file.toString()));
        }
        send(request.toString());
        List<List<String>> answers = new ArrayList<>();
        for (List<String> one = answer(); !one.get(1).equals("DONE"); one = answer()) {
            answers.add(one);
        }
        return answers;
    }

    /** Makes it the agent. */
    Running go(String... namesAndValues) throws IOException {
        StringBuilder request = new StringBuilder("GO");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.append(' ').append(hex(namesAndValues[i])).append('=').append(hex(namesAndValues[i + 1]));
        }
        ready().send(request.toString());
        return process.after(early.toString());
    }

    /** The process that does not run the agent yet. */
    Running process() {
        return process;
    }

    private void send(String request) throws IOException {
        process.input().write((request + "\n").getBytes(StandardCharsets.US_ASCII));
        process.input().flush();
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String hex) {
        return new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
    }
}
