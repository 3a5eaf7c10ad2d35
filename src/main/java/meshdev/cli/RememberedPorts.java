package meshdev.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import meshdev.config.ShortHash;
import meshdev.process.EphemeralPorts;
import org.slf4j.LoggerFactory;

/**
 * The ports that the system once picked for agents of a project, one small file each, so that an agent is found where it was
 * also after mesh-dev was started again. Only as long as its own file {@linkplain meshdev.agent.StatedPorts states} the same ports: what
 * it says is to take effect. Thread-safe. What cannot be read or written is not remembered.
 */
final class RememberedPorts {
    private final Path folder;
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    RememberedPorts(Path home, Path root) {
        this.folder = home.resolve("ports").resolve(ShortHash.of(root.toString()));
    }

    /**
     * The port an agent had in an earlier run, if the system picked it and nobody has it now.
     *
     * @param stated what its file states today; asked only where there is something to compare with
     */
    OptionalInt of(String agent, Supplier<String> stated) {
        int port = read(folder.resolve(agent), stated);
        return EphemeralPorts.ofThisSystem().contains(port) && isFree(port) ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** The agent listens there. */
    void keep(String agent, String stated, int port) {
        String text = port + " stated " + stated + "\n";
        if (text.equals(kept.put(agent, text)) || !EphemeralPorts.ofThisSystem().contains(port)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path next = Files.writeString(folder.resolve(agent + "." + ProcessHandle.current().pid()), text);
            Files.move(next, folder.resolve(agent), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LoggerFactory.getLogger(RememberedPorts.class).info("the port of {} is not remembered: {}", agent, e.toString());
        }
    }

    private static int read(Path file, Supplier<String> stated) {
        try {
            String[] words = Files.readString(file).split("[ \n]", -1);
            boolean same = words.length == 4 && words[1].equals("stated") && words[2].equals(stated.get());
            return same ? Integer.parseInt(words[0]) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
