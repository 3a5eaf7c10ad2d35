package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks {@code ps} and {@code lsof}, for systems without {@code /proc} (macOS). Slower, and written against the manual
 * pages only: see "What was never run" in ARCHITECTURE.md.
 */
final class PortableProcessTable implements ProcessTable {
    private static final int LIMIT_SECONDS = 5;

    @Override
    public List<Long> members(long group) {
        return membersIn(output("ps", "-A", "-o", "pid=,pgid=,stat="), group);
    }

    static List<Long> membersIn(List<String> ps, long group) {
        List<Long> members = new ArrayList<>();
        for (String line : ps) {
            String[] field = line.trim().split("\\s+");
            if (field.length == 3 && Long.parseLong(field[1]) == group && !field[2].startsWith("Z")) {
                members.add(Long.parseLong(field[0]));
            }
        }
        return members;
    }

    @Override
    public Set<ListeningSocket> listeningSockets() {
        return socketsIn(output("lsof", "-nP", "-iTCP", "-sTCP:LISTEN", "-Fpn"));
    }

    /** {@code lsof -F} prints {@code p<pid>} once and then {@code n<address>:<port>} for each of its sockets. */
    static Set<ListeningSocket> socketsIn(List<String> lsof) {
        Set<ListeningSocket> sockets = new HashSet<>();
        String pid = "";
        for (String line : lsof) {
            if (line.startsWith("p")) {
                pid = line.substring(1);
            } else if (line.startsWith("n")) {
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                sockets.add(new ListeningSocket(port, pid + ":" + port));
            }
        }
        return sockets;
    }

    @Override
    public boolean owns(List<Long> processes, ListeningSocket socket) {
        return processes.contains(pidOf(socket));
    }

    private static long pidOf(ListeningSocket socket) {
        return Long.parseLong(socket.id().substring(0, socket.id().indexOf(':')));
    }

    @Override
    public Optional<PortHolder> holder(int port) {
        for (ListeningSocket socket : listeningSockets()) {
            if (socket.port() == port) {
                List<String> command = output("ps", "-p", Long.toString(pidOf(socket)), "-o", "command=");
                return Optional.of(new PortHolder(pidOf(socket), command.isEmpty() ? "?" : command.get(0)));
            }
        }
        return Optional.empty();
    }

    /** The lines a command prints; none when it is missing, fails to start or takes longer than the limit. */
    private static List<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return text.lines().toList();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
