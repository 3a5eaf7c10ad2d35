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
        ports("shop").keep("orders", "0", port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders", () -> "0"));
        assertEquals(OptionalInt.empty(), ports("shop").of("pricing", () -> "0"));
        assertEquals(OptionalInt.empty(), ports("bank").of("orders", () -> "0"));
    }

    @Test
    void theNewestOneCounts() throws IOException {
        RememberedPorts ports = ports("shop");
        ports.keep("orders", "0", free());
        int port = free();
        ports.keep("orders", "0", port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders", () -> "0"));
    }

    @Test
    void oneThatSomebodyHasByNowIsNotOffered() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports("shop").keep("orders", "0", other.getLocalPort());
            assertEquals(OptionalInt.empty(), ports("shop").of("orders", () -> "0"));
        }
    }

    @Test
    void oneThatTheAgentPickedItselfIsNotRemembered() {
        ports("shop").keep("orders", "0", 9001);
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", () -> "0"));
    }

    @Test
    void whatCannotBeReadOrWrittenIsNotRemembered() throws IOException {
        ports("shop").keep("orders", "0", free());
        try (Stream<Path> files = Files.walk(home.resolve("ports")).filter(Files::isRegularFile)) {
            Files.writeString(files.findFirst().orElseThrow(), "no port");
        }
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", () -> "0"));
        RememberedPorts none = new RememberedPorts(Files.writeString(home.resolve("file"), ""), Path.of("/shop"));
        none.keep("orders", "0", free());
        assertEquals(OptionalInt.empty(), none.of("orders", () -> "0"));
    }

    @Test
    void oneOfAnAgentThatStatesAnotherPortByNowIsNotOffered() throws IOException {
        ports("shop").keep("orders", "0", free());
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", () -> "9000"));
        assertEquals(OptionalInt.empty(), ports("shop").of("orders", () -> ""));
    }

    @Test
    void oneOfAnAgentThatStatesNoneIsOffered() throws IOException {
        int port = free();
        ports("shop").keep("orders", "", port);
        assertEquals(OptionalInt.of(port), ports("shop").of("orders", () -> ""));
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
