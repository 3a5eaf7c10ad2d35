package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedPortsTest {
    @TempDir
    private Path home;

    @Test
    void aPortThatTheSystemPickedIsKnownInALaterRunOfTheSameProject() throws IOException {
        StatedPort port = picked(9002, 9001);
        ports("shop").keep("orders", port);
        assertEquals(Optional.of(port), ports("shop").of("orders"));
        assertEquals(Optional.empty(), ports("shop").of("pricing"));
        assertEquals(Optional.empty(), ports("bank").of("orders"));
    }

    @Test
    void theNewestOneCounts() throws IOException {
        RememberedPorts ports = ports("shop");
        ports.keep("orders", picked());
        StatedPort newest = picked();
        ports.keep("orders", newest);
        assertEquals(Optional.of(newest), ports.of("orders"));
        assertEquals(Optional.of(newest), ports("shop").of("orders"));
    }

    @Test
    void oneThatTheAgentPickedItselfIsNotRemembered() throws IOException {
        StatedPort port = picked();
        ports("shop").keep("orders", port);
        ports("shop").keep("orders", new StatedPort(9001, new TreeSet<>()));
        assertEquals(Optional.of(port), ports("shop").of("orders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no port\n", "50000\n", "50000 stated 1,\n", "500000 stated \n", "9001 stated \n", "50000 stated x\n"})
    void whatNobodyWroteIsNotRead(String text) throws IOException {
        ports("shop").keep("orders", picked());
        try (Stream<Path> files = Files.walk(home.resolve("ports")).filter(Files::isRegularFile)) {
            Files.writeString(files.findFirst().orElseThrow(), text);
        }
        assertEquals(Optional.empty(), ports("shop").of("orders"));
    }

    @Test
    void whatCannotBeWrittenIsForgottenWithTheRun() throws IOException {
        RememberedPorts none = new RememberedPorts(Files.writeString(home.resolve("file"), ""), Path.of("/shop"));
        StatedPort port = picked();
        none.keep("orders", port);
        assertEquals(Optional.of(port), none.of("orders"));
    }

    @Test
    void aPortIsFreeWhenNobodyListensThere() throws IOException {
        StatedPort port = picked();
        assertTrue(port.isFree());
        try (ServerSocket other = new ServerSocket(port.port(), 1, InetAddress.getLoopbackAddress())) {
            assertFalse(port.isFree(), other::toString);
        }
    }

    private RememberedPorts ports(String project) {
        return new RememberedPorts(home, Path.of("/" + project));
    }

    private static StatedPort picked(Integer... stated) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new StatedPort(socket.getLocalPort(), new TreeSet<>(List.of(stated)));
        }
    }
}
