package meshdev.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meshdev.process.EphemeralPorts;

/**
 * A port that an agent listened on, and the {@linkplain meshdev.agent.StatedPorts ports} that its code stated when it was launched.
 */
record StatedPort(int port, SortedSet<Integer> stated) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5}) stated ((?:\\d{1,5}(?:,\\d{1,5})*)?)\n");

    /** What {@link #text} made; empty for anything else. */
    static Optional<StatedPort> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        SortedSet<Integer> stated = new TreeSet<>();
        for (String number : parts.group(2).split(",")) {
            if (!number.isEmpty()) {
                stated.add(Integer.parseInt(number));
            }
        }
        return Optional.of(new StatedPort(Integer.parseInt(parts.group(1)), stated));
    }

    String text() {
        StringJoiner numbers = new StringJoiner(",", port + " stated ", "\n");
        stated.forEach(number -> numbers.add(number.toString()));
        return numbers.toString();
    }

    /** The agent was given any: only such a port is the system's to give. */
    boolean isPicked() {
        return EphemeralPorts.ofThisSystem().contains(port);
    }

    /** Whether code that states these ports wants none that it did not want then. */
    boolean suits(SortedSet<Integer> statedNow) {
        return stated.containsAll(statedNow);
    }

    boolean isFree() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
