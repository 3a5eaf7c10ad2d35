package meshdev.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the system knows of processes and their sockets. One implementation per operating system. */
interface ProcessTable {
    /** The living members of a process group; zombies count as dead. */
    List<Long> members(long group);

    /** The sockets these processes hold open, each by a name that tells it from all others on this system. Cheap. */
    Set<String> openSockets(List<Long> processes);

    /** The TCP ports that those of these sockets listen on which accept connections. May take milliseconds. */
    Set<Integer> listeningPorts(Set<String> sockets);

    /** Who listens on a port, for a message; empty when nobody does or it may not be seen. */
    Optional<PortHolder> holder(int port);

    static ProcessTable ofThisSystem() {
        return "Linux".equals(System.getProperty("os.name")) ? new LinuxProcessTable() : new PortableProcessTable();
    }
}
