package meshdev.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ports the system gives to programs that ask for any free one. */
public record EphemeralPorts(int lowest, int highest) {
    /** The range IANA reserves for this, and the default of macOS. */
    private static final EphemeralPorts STANDARD = new EphemeralPorts(49152, 65535);

    public static EphemeralPorts ofThisSystem() {
        try {
            return parse(Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range")));
        } catch (IOException e) {
            return STANDARD;
        }
    }

    static EphemeralPorts parse(String range) {
        String[] bounds = range.trim().split("\\s+");
        return new EphemeralPorts(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]));
    }

    public boolean contains(int port) {
        return port >= lowest && port <= highest;
    }
}
