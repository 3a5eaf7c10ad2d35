package meshdev.process;

/**
 * A TCP socket that accepts connections.
 *
 * @param id what tells this socket from all others on this system: the inode on Linux, {@code pid:port} elsewhere
 */
record ListeningSocket(int port, String id) {
}
