package meshdev.mesh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The registry of MCP Mesh itself, in a process of its own with a fresh database. */
final class RealRegistry implements AutoCloseable {
    private static final long START_LIMIT_MILLIS = 20_000;

    private final Process process;
    private final int port;

    RealRegistry(String program, Path folder) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(program, "--host", "127.0.0.1", "--port", "" + port);
        builder.environment().put("DATABASE_URL", folder.resolve("registry.db").toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("registry.log").toFile());
        process = builder.start();
        awaitListening();
    }

    private void awaitListening() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MILLIS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    close();
                    throw e;
                }
            }
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
