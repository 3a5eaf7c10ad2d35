package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedPortsTest {
    @TempDir
    private Path home;

    @Test
    void aPortThatTheSystemPickedIsOfferedInALaterRunOfTheSameProject() throws IOException {
        int port = free();
        ports("shop").keep("orders", file(), port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders", file()));
        assertEquals(OptionalInt.empty(), ports("shop").of("pricing", file()));
        assertEquals(OptionalInt.empty(), ports("bank").of("orders", file()));
    }

    @Test
    void theNewestOneCounts() throws IOException {
        RememberedPorts ports = ports("shop");
        ports.keep("orders", file(), free());
        int port = free();
        ports.keep("orders", file(), port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders", file()));
    }

    @Test
    void oneThatSomebodyHasByNowIsNotOffered() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports("shop").keep("orders", file(), other.getLocalPort());
            assertEquals(OptionalInt.empty(), ports("shop").of("orders", file()));
        }
    }

    @Test
    void oneThatTheAgentPickedItselfIsNotRemembered() {
        ports("shop").keep("orders", file(), 9001);
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", file()));
    }

    @Test
    void whatCannotBeReadOrWrittenIsNotRemembered() throws IOException {
        ports("shop").keep("orders", file(), free());
        try (Stream<Path> files = Files.walk(home.resolve("ports")).filter(Files::isRegularFile)) {
            Files.writeString(files.findFirst().orElseThrow(), "no port");
        }
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", file()));
        RememberedPorts none = new RememberedPorts(Files.writeString(home.resolve("file"), ""), Path.of("/shop"));
        none.keep("orders", file(), free());
        assertEquals(OptionalInt.empty(), none.of("orders", file()));
    }

    @Test
    void oneOfAnotherVersionOfTheAgentIsNotOffered() throws IOException {
        ports("shop").keep("orders", file(), free());
        Files.writeString(file(), "http_port = 9000\n");
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", file()));
    }

    private Path file() {
        return home.resolve("orders.py");
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(file(), "http_port = 0\n");
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
