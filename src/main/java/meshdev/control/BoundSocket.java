package meshdev.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A socket that only its owner may use, in a folder that only its owner may enter.
 *
 * @param file deleted by {@link #close}, with its folder when that is empty then
 */
record BoundSocket(ServerSocketChannel channel, Path file) implements AutoCloseable {
    /** Who may wait to be served. */
    private static final int BACKLOG = 16;
    private static final int NAMES = 10;

    /** @throws IOException when it can't be made, or the folder is not ours alone */
    static BoundSocket at(SocketPlace place, long pid) throws IOException {
        ownFolder(place.folder());
        place.sockets().stream().filter(file -> !isServed(file)).forEach(file -> forget(file, place.pid(file)));
        for (int other = 0; other < NAMES; other++) {
            Path file = place.socket(pid, other);
            if (!isServed(file)) {
                return bind(file);
            }
        }
        throw new IOException("others listen there under the pid " + pid);
    }

    private static void ownFolder(Path folder) throws IOException {
        var owners = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owners));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is a link");
        }
        if (!Files.getPosixFilePermissions(folder).equals(owners)) {
            Files.setPosixFilePermissions(folder, owners);
        }
    }

    /** Under another name at first: whoever sees the socket may connect to it already, and nobody else ever could. */
    private static BoundSocket bind(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName().toString().replace(".sock", ".new"));
        Files.deleteIfExists(unfinished);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(unfinished), BACKLOG);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
            if (!Files.getOwner(unfinished).equals(Files.getOwner(file.getParent()))) {
                throw new IOException("its folder belongs to another user");
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return new BoundSocket(channel, file);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** Whether somebody listens. */
    private static boolean isServed(Path socket) {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Wire.to(socket).close();
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return Files.exists(socket);
        }
    }

    /**
     * Deletes a socket where nobody listens, unless a process has its pid: some systems refuse a connection also when too
     * many wait.
     *
     * @param name begins with the pid
     */
    static void forget(Path socket, String name) {
        long pid = Long.parseLong(name.split("-")[0]);
        if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty()) {
            delete(socket);
        }
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return; // it is in nobody's way
        }
    }

    @Override
    public void close() throws IOException {
        delete(file);
        delete(file.getParent()); // in the temporary folder, when it was the last; with locks in it, it stays
        channel.close();
    }
}
