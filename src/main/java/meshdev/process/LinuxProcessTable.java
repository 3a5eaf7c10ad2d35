package meshdev.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code /proc}. A process may end between two reads; what is gone is left out. */
final class LinuxProcessTable implements ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final Path TCP = PROC.resolve("net/tcp");
    private static final Path TCP6 = PROC.resolve("net/tcp6");
    private static final String SOCKET = "socket:[";
    /** The state column; no other column looks like this. */
    private static final String LISTEN = " 0A ";

    @Override
    public List<Long> members(long group) {
        List<Long> members = new ArrayList<>();
        for (long pid : processes()) {
            String[] stat = statAfterName(pid);
            if (stat.length > 2 && Long.parseLong(stat[2]) == group && !"Z".equals(stat[0]) && !"X".equals(stat[0])) {
                members.add(pid);
            }
        }
        return members;
    }

    private static List<Long> processes() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    pids.add(Long.parseLong(name));
                }
            }
        } catch (IOException e) {
            return pids;
        }
        return pids;
    }

    /** The fields of {@code /proc/PID/stat} from the state on: the name before may contain anything. */
    private static String[] statAfterName(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
        } catch (IOException e) {
            return new String[0];
        }
    }

    @Override
    public Set<String> openSockets(List<Long> processes) {
        Set<String> sockets = new HashSet<>();
        for (long pid : processes) {
            addSockets(pid, sockets);
        }
        return sockets;
    }

    private static void addSockets(long pid, Set<String> into) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(SOCKET)) {
                    into.add(target);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // gone, or another user's
        }
    }

    @Override
    public Set<Integer> listeningPorts(Set<String> sockets) {
        Map<String, Integer> ports = listening(TCP);
        if (!ports.keySet().containsAll(sockets)) {
            ports.putAll(listening(TCP6));
        }
        ports.keySet().retainAll(sockets);
        return new HashSet<>(ports.values());
    }

    /**
     * Columns of {@code /proc/net/tcp}: number, local address, remote address, state, …, inode as the tenth. The kernel
     * lists the sockets that listen before all others, of which there can be thousands: reading ends there. Source:
     * {@code tcp_seq_start} in {@code net/ipv4/tcp_ipv4.c}.
     */
    private static Map<String, Integer> listening(Path table) {
        Map<String, Integer> ports = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            lines.readLine(); // the headings
            for (String line = lines.readLine(); line != null && line.indexOf(LISTEN) > 0; line = lines.readLine()) {
                String[] field = line.trim().split(" +");
                int port = Integer.parseInt(field[1].substring(field[1].lastIndexOf(':') + 1), 16);
                ports.put(SOCKET + field[9] + "]", port);
            }
        } catch (IOException e) {
            return ports; // no IPv6 on this system
        }
        return ports;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Optional<PortHolder> holder(int port) {
        Map<String, Integer> ports = listening(TCP);
        ports.putAll(listening(TCP6));
        for (long pid : processes()) {
            for (String socket : openSockets(List.of(pid))) {
                if (ports.getOrDefault(socket, 0) == port) {
                    return Optional.of(new PortHolder(pid, command(pid)));
                }
            }
        }
        return Optional.empty();
    }

    private static String command(long pid) {
        try {
            return PortHolder.shortened(Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return "?";
        }
    }
}
