package meshdev.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** The ports the system gives to programs that ask for any free one. */
public record EphemeralPorts(int lowest, int highest) {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    /** The range IANA reserves for this, and the default of macOS. */
    private static final EphemeralPorts STANDARD = new EphemeralPorts(49152, 65535);

    public static EphemeralPorts ofThisSystem() {
        try (BufferedReader range = Files.newBufferedReader(RANGE)) {
            return parse(range.readLine()); // must be one read: the kernel has nothing more to say to a second one
        } catch (IOException e) {
            return STANDARD;
        }
    }

    static EphemeralPorts parse(String range) {
        StringTokenizer bounds = new StringTokenizer(range);
        return new EphemeralPorts(Integer.parseInt(bounds.nextToken()), Integer.parseInt(bounds.nextToken()));
    }

    public boolean contains(int port) {
        return port >= lowest && port <= highest;
    }
}
