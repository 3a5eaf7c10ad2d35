package meshdev.process;

/**
 * A TCP socket that accepts connections.
 *
 * @param id what tells this socket from all others on this system: the inode on Linux, {@code pid:port} elsewhere
 */
record ListeningSocket(int port, String id) {
    /** Written out: a record's own would be made at run time, which costs a start 10 ms. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ListeningSocket socket && port == socket.port && id.equals(socket.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
