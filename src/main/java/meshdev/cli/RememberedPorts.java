package meshdev.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.config.ShortHash;
import org.slf4j.LoggerFactory;

/**
 * The ports that the system once picked for agents of a project, one small file each, so that an agent is found where it was
 * also after mesh-dev was started again. Thread-safe. What cannot be read or written is not remembered.
 */
final class RememberedPorts {
    private final Path folder;
    private final Map<String, Optional<StatedPort>> known = new ConcurrentHashMap<>();

    RememberedPorts(Path home, Path root) {
        this.folder = home.resolve("ports").resolve(ShortHash.of(root.toString()));
    }

    /** The newest port that the system picked for the agent. */
    Optional<StatedPort> of(String agent) {
        return known.computeIfAbsent(agent, this::read);
    }

    /** The agent listens there. */
    void keep(String agent, StatedPort port) {
        if (!port.isPicked() || of(agent).equals(Optional.of(port))) {
            return;
        }
        known.put(agent, Optional.of(port));
        try {
            Files.createDirectories(folder);
            Path next = Files.writeString(folder.resolve(agent + "." + ProcessHandle.current().pid()), port.text());
            Files.move(next, folder.resolve(agent), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LoggerFactory.getLogger(RememberedPorts.class).info("the port of {} is not remembered: {}", agent, e.toString());
        }
    }

    private Optional<StatedPort> read(String agent) {
        try {
            return StatedPort.parse(Files.readString(folder.resolve(agent))).filter(StatedPort::isPicked);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
