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
    /** Fields of {@code /proc/PID/stat}, counted from the one after the name. Source: proc(5). */
    private static final int STATE = 0;
    private static final int GROUP = 2;
    private static final int START_TIME = 19;

    @Override
    public List<Long> members(long group) {
        List<Long> members = new ArrayList<>();
        for (long pid : processes()) {
            String[] stat = statAfterName(pid);
            if (isAlive(stat) && Long.parseLong(stat[GROUP]) == group) {
                members.add(pid);
            }
        }
        return members;
    }

    static List<Long> processes() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    pids.add(Long.parseLong(name));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnansweredException(e); // no descriptor is free, perhaps
        }
        return pids;
    }

    /** The fields of {@code /proc/PID/stat} from the state on: the name before may contain anything. */
    static String[] statAfterName(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_TIME + 2);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Too many open files")) {
                throw new UnansweredException(e);
            }
            return new String[0]; // gone
        }
    }

    private static boolean isAlive(String... stat) {
        return stat.length > START_TIME && !"Z".equals(stat[STATE]) && !"X".equals(stat[STATE]);
    }

    @Override
    public List<MarkedProcess> marked(String run) {
        List<MarkedProcess> marked = new ArrayList<>();
        for (EnvironmentScan.Found found : new EnvironmentScan(Mark.VARIABLE + "=" + run + "/").among(processes())) {
            String[] stat = statAfterName(found.pid());
            if (isAlive(stat)) {
                marked.add(new MarkedProcess(found.pid(), Long.parseLong(stat[START_TIME]), Long.parseLong(stat[GROUP]),
                        found.rest(), command(found.pid())));
            }
        }
        return marked;
    }

    @Override
    public boolean isAlive(MarkedProcess process) {
        String[] stat = statAfterName(process.pid());
        return isAlive(stat) && Long.parseLong(stat[START_TIME]) == process.startedAt();
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
    public Optional<ProcessName> holder(int port) {
        Map<String, Integer> ports = listening(TCP);
        ports.putAll(listening(TCP6));
        for (long pid : processes()) {
            for (String socket : openSockets(List.of(pid))) {
                if (ports.getOrDefault(socket, 0) == port) {
                    return Optional.of(new ProcessName(pid, command(pid)));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String command(long pid) {
        try {
            return ProcessName.shortened(new String(Files.readAllBytes(PROC.resolve(pid + "/cmdline")), StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return "?";
        }
    }
}
