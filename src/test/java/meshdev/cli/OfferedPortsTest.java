package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.agent.Agent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which port an agent is offered again. */
class OfferedPortsTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    @TempDir
    private Path folder;
    private Agent agent;
    private OfferedPorts ports;

    @BeforeEach
    void launch() throws IOException {
        agent = new Agent("orders", Agent.Kind.PYTHON, folder.resolve("orders.py"), Optional.empty(), List.of("python"), folder,
                Map.of(), NONE, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        write("http_port=0");
        ports = anotherRun();
        assertEquals(NONE, ports.forLaunch(agent, NONE));
        ports.launched(agent);
    }

    @Test
    void thePortThatTheSystemPickedIsOfferedAfterEdits() throws IOException {
        OptionalInt port = free();
        write("http_port=0, name='orders'");
        assertEquals(port, ports.expected(agent, port));
        assertEquals(port, ports.forLaunch(agent, port));
    }

    @Test
    void aPortThatTheCodeStatesNowIsLeftToTheCode() throws IOException {
        OptionalInt port = free();
        write("http_port=9000");
        assertEquals(NONE, ports.forLaunch(agent, port));
        ports.launched(agent);
        assertEquals(NONE, ports.forLaunch(agent, OptionalInt.of(9000)));
    }

    @Test
    void whatWasSavedAfterTheLaunchDoesNotMakeItsPortThatOfTheNewCode() throws IOException {
        OptionalInt port = free();
        write("http_port=9000");
        ports.listens("orders", port.getAsInt());
        assertEquals(NONE, ports.forLaunch(agent, port));
        assertEquals(NONE, anotherRun().forLaunch(agent, NONE));
    }

    @Test
    void inALaterRunItIsExpectedOnceItWasOffered() throws IOException {
        OptionalInt port = free();
        ports.listens("orders", port.getAsInt());
        OfferedPorts later = anotherRun();
        assertEquals(NONE, later.expected(agent, NONE));
        assertEquals(port, later.forLaunch(agent, NONE));
        try (ServerSocket taken = new ServerSocket(port.getAsInt(), 1, InetAddress.getLoopbackAddress())) {
            assertEquals(port, later.expected(agent, NONE), "the agent itself may have it by now");
            assertEquals(NONE, later.forLaunch(agent, NONE), () -> taken + " has it");
        }
    }

    private OfferedPorts anotherRun() {
        return new OfferedPorts(new RememberedPorts(folder.resolve("home"), folder));
    }

    private void write(String text) throws IOException {
        Files.writeString(agent.file(), text + "\n");
    }

    private static OptionalInt free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return OptionalInt.of(socket.getLocalPort());
        }
    }
}
