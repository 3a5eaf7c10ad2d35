package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What the agents of a test wrote down about their own lives, one line a fact; see {@link JournalAgent}. */
record Journal(Path file) {

    /** The first line of an incarnation; {@code sha} is of its own file at that moment. */
    record Start(long pid, String sha, long nanos) {
    }

    /** The words behind {@code fact} and the agent's name, of every such line. */
    List<List<String>> facts(String fact, String agent) {
        return text().lines().map(line -> List.of(line.split(" ")))
                .filter(words -> words.size() > 1 && words.get(0).equals(fact) && words.get(1).equals(agent))
                .map(words -> words.subList(2, words.size())).toList();
    }

    List<Start> starts(String agent) {
        return facts("START", agent).stream().filter(words -> words.size() == 3)
                .map(words -> new Start(Long.parseLong(words.get(0)), words.get(1), Long.parseLong(words.get(2)))).toList();
    }

    Start lastStart(String agent) {
        List<Start> starts = starts(agent);
        return starts.get(starts.size() - 1);
    }

    /** Where each incarnation listened, in order. */
    List<Integer> ports(String agent) {
        return facts("READY", agent).stream().map(words -> Integer.valueOf(words.get(1))).toList();
    }

    int lastPort(String agent) {
        List<Integer> ports = ports(agent);
        return ports.get(ports.size() - 1);
    }

    /** The signals that the agent's incarnations were sent, in order. */
    List<String> signals(String agent) {
        return facts("SIGNAL", agent).stream().map(words -> words.get(1)).toList();
    }

    void awaitStarts(String agent, int times) {
        Patience.until(times + " starts of " + agent, () -> starts(agent).size() >= times, this::text);
    }

    void awaitReady(String agent, int times) {
        Patience.until(times + " × ready of " + agent, () -> ports(agent).size() >= times, this::text);
    }

    /** No incarnation began while one before it was alive. */
    void assertNeverTwoAtOnce(String agent) {
        assertEquals(List.of(), facts("OVERLAP", agent), this::text);
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
