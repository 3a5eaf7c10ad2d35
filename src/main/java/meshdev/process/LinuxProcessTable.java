package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code /proc}. A process may end between two reads; what is gone is left out. */
final class LinuxProcessTable implements ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

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
    public Set<ListeningSocket> listeningSockets() {
        Set<ListeningSocket> sockets = new HashSet<>();
        addListening(PROC.resolve("net/tcp"), sockets);
        addListening(PROC.resolve("net/tcp6"), sockets);
        return sockets;
    }

    private static void addListening(Path table, Set<ListeningSocket> into) {
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
                String[] field = line.trim().split(" +");
                if (field.length > 9 && LISTEN.equals(field[3])) {
                    int port = Integer.parseInt(field[1].substring(field[1].lastIndexOf(':') + 1), 16);
                    into.add(new ListeningSocket(port, "socket:[" + field[9] + "]"));
                }
            }
        } catch (IOException e) {
            return; // no IPv6 on this system
        }
    }

    @Override
    public boolean owns(List<Long> processes, ListeningSocket socket) {
        for (long pid : processes) {
            if (holds(pid, socket.id())) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (socket.equals(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // gone, or another user's
        }
        return false;
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
        for (ListeningSocket socket : listeningSockets()) {
            if (socket.port() == port) {
                for (long pid : processes()) {
                    if (holds(pid, socket.id())) {
                        return Optional.of(new PortHolder(pid, command(pid)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String command(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
        } catch (IOException e) {
            return "?";
        }
    }
}
