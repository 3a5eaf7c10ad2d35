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
import meshdev.cli.OfferedPorts.Offer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which port an agent is offered again, and which one it has to take. */
class OfferedPortsTest {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OptionalInt STATED = OptionalInt.of(9000);

    @TempDir
    private Path folder;
    private Agent agent;
    private OfferedPorts ports;
    private OptionalInt picked;

    @BeforeEach
    void anAgentThatAskedForAnyListens() throws IOException {
        agent = new Agent("orders", Agent.Kind.PYTHON, folder.resolve("orders.py"), Optional.empty(), List.of("python"), folder,
                Map.of(), NONE, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        ports = anotherRun();
        picked = free();
        launched("http_port=0", NONE, NONE, NONE);
        listens(ports.forLaunch(agent, NONE), picked);
    }

    @Test
    void thePortThatTheSystemPickedIsOfferedAndExpectedAfterEdits() throws IOException {
        launched("http_port=0 # 5000, not DB_PORT = 5432", picked, picked, picked);
        assertEquals(picked, ports.expected(agent, picked));
    }

    @Test
    void whoIsLaunchedWithAnEmptyFileHasItsPortBackWithAFullOne() throws IOException {
        launched("", picked, picked, picked);
        launched("http_port=0", picked, picked, picked);
    }

    @Test
    void aPortThatTheCodeStatesNowIsLeftToTheCodeAndNotWaitedForElsewhere() throws IOException {
        launched("http_port=9000", picked, NONE, NONE);
        assertEquals(NONE, ports.expected(agent, picked));
        launched("http_port=9000", picked, NONE, NONE);
    }

    @Test
    void whereAnAgentWasWithTheSameStatementItHasToBeAgain() throws IOException {
        listens(launched("http_port=9000", picked, NONE, NONE), STATED);
        launched("http_port=9000 # edited", STATED, NONE, STATED);
        launched("http_port=9001", STATED, NONE, NONE);
    }

    @Test
    void codeThatAsksForAnyAgainHasThePortThatItHadThen() throws IOException {
        listens(launched("http_port=9000", picked, NONE, NONE), STATED);
        launched("http_port=0", STATED, picked, picked);
    }

    @Test
    void aNumberThatWasInTheCodeWhenTheSystemPickedIsNotNew() throws IOException {
        OptionalInt other = free();
        listens(launched("http_port=0 if any else 9000", STATED, picked, picked), other);
        launched("http_port=0 if any else 9000", other, other, other);
    }

    @Test
    void onePickedForCodeThatIsOlderThanTheLaunchBelongsToThatCode() throws IOException {
        Offer offer = launched("http_port=0", picked, picked, picked);
        write("http_port=9000");
        listens(offer, picked);
        assertEquals(NONE, ports.forLaunch(agent, picked).port());
        assertEquals(NONE, anotherRun().forLaunch(agent, NONE).port());
    }

    @Test
    void oneThatSomebodyElseHasByNowIsNotOffered() throws IOException {
        try (ServerSocket taken = new ServerSocket(picked.getAsInt(), 1, InetAddress.getLoopbackAddress())) {
            assertEquals(NONE, ports.forLaunch(agent, picked).port(), () -> taken + " has it");
            assertEquals(picked, ports.forLaunch(agent, picked).wanted(), "so that its holder is named");
        }
    }

    @Test
    void inALaterRunItIsExpectedOnceItWasOffered() throws IOException {
        OfferedPorts later = anotherRun();
        assertEquals(NONE, later.expected(agent, NONE));
        assertEquals(picked, later.forLaunch(agent, NONE).port());
        try (ServerSocket taken = new ServerSocket(picked.getAsInt(), 1, InetAddress.getLoopbackAddress())) {
            assertEquals(picked, later.expected(agent, NONE), "the agent itself may have it by now");
            assertEquals(NONE, later.forLaunch(agent, NONE).port(), () -> taken + " has it");
        }
    }

    @Test
    void aConfiguredPortIsWaitedForAndNotRemembered() throws IOException {
        OptionalInt other = free();
        listens(Offer.fixed(other), other);
        assertEquals(other, Offer.fixed(other).wanted());
        assertEquals(picked, ports.forLaunch(agent, other).port());
    }

    private Offer launched(String code, OptionalInt before, OptionalInt port, OptionalInt wanted) throws IOException {
        write(code);
        Offer offer = ports.forLaunch(agent, before);
        assertEquals(port, offer.port());
        assertEquals(wanted, offer.wanted());
        return offer;
    }

    private void listens(Offer offer, OptionalInt port) {
        ports.listens("orders", offer, port.getAsInt());
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
