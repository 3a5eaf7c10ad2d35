package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    public Set<String> openSockets(List<Long> processes) {
        Set<String> own = new HashSet<>();
        for (String socket : listening().keySet()) {
            if (processes.contains(pidOf(socket))) {
                own.add(socket);
            }
        }
        return own;
    }

    @Override
    public Set<Integer> listeningPorts(Set<String> sockets) {
        Map<String, Integer> ports = listening();
        ports.keySet().retainAll(sockets);
        return new HashSet<>(ports.values());
    }

    private static Map<String, Integer> listening() {
        return portsIn(output("lsof", "-nP", "-iTCP", "-sTCP:LISTEN", "-Fpn"));
    }

    /** {@code lsof -F} prints {@code p<pid>} once and then {@code n<address>:<port>} for each of its sockets. */
    static Map<String, Integer> portsIn(List<String> lsof) {
        Map<String, Integer> ports = new HashMap<>();
        String pid = "";
        for (String line : lsof) {
            if (line.startsWith("p")) {
                pid = line.substring(1);
            } else if (line.startsWith("n")) {
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                ports.put(pid + ":" + port, port);
            }
        }
        return ports;
    }

    private static long pidOf(String socket) {
        return Long.parseLong(socket.substring(0, socket.indexOf(':')));
    }

    @Override
    public Optional<ProcessName> holder(int port) {
        for (Map.Entry<String, Integer> socket : listening().entrySet()) {
            if (socket.getValue() == port) {
                long pid = pidOf(socket.getKey());
                return Optional.of(new ProcessName(pid, command(pid)));
            }
        }
        return Optional.empty();
    }

    /** {@code ps -E} shows the environment of some processes only, so what escaped its group is not looked for. */
    @Override
    public List<MarkedProcess> marked(String run) {
        return List.of();
    }

    @Override
    public boolean isAlive(MarkedProcess process) {
        return false;
    }

    @Override
    public String command(long pid) {
        List<String> line = output("ps", "-p", Long.toString(pid), "-o", "command=");
        return line.isEmpty() ? "?" : ProcessName.shortened(line.get(0).split(" "));
    }

    /** The lines a command prints; none when it is missing, fails to start or takes longer than the limit. */
    private static List<String> output(String... command) {
        try {
            Path answer = Files.createTempFile("mesh-dev", ".txt"); // a pipe could fill up, or stay open for ever
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectOutput(answer.toFile()).start();
                process.getOutputStream().close();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return List.of();
                }
                return Files.readAllLines(answer, StandardCharsets.UTF_8);
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
