package meshdev.mesh;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * A registry for development in this process: agents find each other, meshctl looks at them and calls them. It is forgotten
 * when it is closed. All its threads are daemons, and a few while nobody asks.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final Workers workers = new Workers();

    private EmbeddedRegistry(HttpServer server, Api api) {
        this.server = server;
        server.setExecutor(workers.pool());
        server.createContext("/", new RegistryHandler(api, workers.timer()));
        workers.timer().scheduleWithFixedDelay(api::tick, Mesh.TICK.toMillis(), Mesh.TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Serves until it is closed.
     *
     * @param address a loopback address; port 0 takes a free one
     * @param clock   tells silent agents from living ones; its instants need not be dates
     * @throws BindException when another process listens there already, or there may be no listening
     * @throws IllegalArgumentException when others than this machine could reach the address
     */
    public static EmbeddedRegistry open(InetSocketAddress address, InstantSource clock) throws IOException {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("no loopback address: " + address);
        }
        EmbeddedRegistry registry = new EmbeddedRegistry(bound(address), new Api(clock, InstantSource.system()));
        try {
            registry.start();
            return registry;
        } catch (OutOfMemoryError refused) {
            registry.close();
            throw refused;
        }
    }

    private static HttpServer bound(InetSocketAddress address) throws IOException {
        ServerLimits.set();
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            BindException told = new BindException(address.getAddress().getHostAddress() + ":" + address.getPort() + ": "
                    + e.getMessage());
            told.initCause(e);
            throw told;
        }
    }

    /** The server's thread is a daemon when the thread is that starts it. */
    private void start() {
        Thread starter = new Thread(null, server::start, "registry-start", 0);
        starter.setDaemon(true);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Nobody is answered any more, not even who has begun to ask. */
    @Override
    public void close() {
        server.stop(0);
        workers.stop();
    }
}
