package meshdev.realmesh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for tests that run side by side: each is given once, and none is one that the system gives to anybody. */
final class Ports {
    private static final AtomicInteger NEXT = new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 9_000));

    private Ports() {
    }

    static int free() {
        while (true) {
            int port = NEXT.getAndIncrement();
            if (isFree(port)) {
                return port;
            }
        }
    }

    /** Whether nobody listens there on the loopback interface. */
    static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
