package meshdev.registry;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A registry that runs inside mesh-dev, for whoever has no registry program. */
@FunctionalInterface
public interface DevRegistry {
    /**
     * Answers at this address until closed; closing takes no longer than a second.
     *
     * @throws IOException when it can't listen there; the message is for a user
     */
    AutoCloseable open(InetSocketAddress at) throws IOException;
}
