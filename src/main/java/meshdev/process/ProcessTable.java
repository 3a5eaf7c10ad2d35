package meshdev.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the system knows of processes and their sockets. One implementation per operating system. */
interface ProcessTable {
    /** The living members of a process group; zombies count as dead. */
    List<Long> members(long group);

    /** The program and its first argument, unless that is an option; {@code ?} when it may not be seen. */
    String command(long pid);

    /** The sockets these processes hold open, each by a name that tells it from all others on this system. Cheap. */
    Set<String> openSockets(List<Long> processes);

    /** The TCP ports that those of these sockets listen on which accept connections. May take milliseconds. */
    Set<Integer> listeningPorts(Set<String> sockets);

    /** Who listens on a port, for a message; empty when nobody does or it may not be seen. */
    Optional<ProcessName> holder(int port);

    /** The living processes of a run, by their {@link Mark}; none where environments can't be read. Takes milliseconds. */
    List<MarkedProcess> marked(String run);

    /** Whether this very process lives, not another that got its number. */
    boolean isAlive(MarkedProcess process);

    static ProcessTable ofThisSystem() {
        return "Linux".equals(System.getProperty("os.name")) ? new LinuxProcessTable() : new PortableProcessTable();
    }
}
