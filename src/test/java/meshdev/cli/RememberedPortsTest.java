package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedPortsTest {
    @TempDir
    private Path home;

    @Test
    void aPortThatTheSystemPickedIsOfferedInALaterRunOfTheSameProject() throws IOException {
        int port = free();
        ports("shop").keep("orders", port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders"));
        assertEquals(OptionalInt.empty(), ports("shop").of("pricing"));
        assertEquals(OptionalInt.empty(), ports("bank").of("orders"));
    }

    @Test
    void theNewestOneCounts() throws IOException {
        RememberedPorts ports = ports("shop");
        ports.keep("orders", free());
        int port = free();
        ports.keep("orders", port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders"));
    }

    @Test
    void oneThatSomebodyHasByNowIsNotOffered() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports("shop").keep("orders", other.getLocalPort());
            assertEquals(OptionalInt.empty(), ports("shop").of("orders"));
        }
    }

    @Test
    void oneThatTheAgentPickedItselfIsNotRemembered() {
        ports("shop").keep("orders", 9001);
        assertEquals(OptionalInt.empty(), ports("shop").of("orders"));
    }

    @Test
    void whatCannotBeReadOrWrittenIsNotRemembered() throws IOException {
        ports("shop").keep("orders", free());
        try (Stream<Path> files = Files.walk(home).filter(Files::isRegularFile)) {
            Files.writeString(files.findFirst().orElseThrow(), "no port");
        }
        assertEquals(OptionalInt.empty(), ports("shop").of("orders"));
        RememberedPorts none = new RememberedPorts(Files.writeString(home.resolve("file"), ""), Path.of("/shop"));
        none.keep("orders", free());
        assertEquals(OptionalInt.empty(), none.of("orders"));
    }

    private RememberedPorts ports(String project) {
        return new RememberedPorts(home, Path.of("/" + project));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
