package meshdev.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the system knows of processes and their sockets. One implementation per operating system. */
interface ProcessTable {
    /** The living members of a process group; zombies count as dead. */
    List<Long> members(long group);

    /** Every TCP port that somebody listens on, with a token for the socket that {@link #owns} understands. */
    Set<ListeningSocket> listeningSockets();

    /** Whether one of these processes holds the socket open. */
    boolean owns(List<Long> processes, ListeningSocket socket);

    /** Who listens on a port, for a message; empty when nobody does or it may not be seen. */
    Optional<PortHolder> holder(int port);

    static ProcessTable ofThisSystem() {
        return "Linux".equals(System.getProperty("os.name")) ? new LinuxProcessTable() : new PortableProcessTable();
    }
}
