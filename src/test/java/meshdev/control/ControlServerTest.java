package meshdev.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(100);
    /** No process ever has it. */
    private static final long DEAD = 99_999_999;
    private static final String ASK = "{\"version\":1,\"command\":\"who\"}\n";

    @TempDir
    Path temporary;
    private SocketPlace place;

    @BeforeEach
    void choosePlace() {
        place = new SocketPlace(temporary.resolve("run"), "0123abcd");
    }

    private ControlServer server(long pid, Duration patience) throws IOException {
        return ControlServer.open(place, pid, Map.of("who", request -> Map.of("pid", pid), "fail", request -> {
            throw new IllegalStateException("broken");
        }), patience);
    }

    private static String said(Path socket, String request) throws IOException {
        try (Wire wire = Wire.to(socket)) {
            wire.write(request, PATIENCE);
            return wire.readLine(1000, PATIENCE);
        }
    }

    private Answers ask() {
        return new ControlClient(place, PATIENCE).ask("who");
    }

    /** A socket as a supervisor leaves it that is killed. */
    private Path dead(long pid) throws IOException {
        Files.createDirectories(place.folder());
        Path file = place.socket(pid, 0);
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file)).close();
        assertTrue(Files.exists(file));
        return file;
    }

    @Test
    void everySupervisorOfTheProjectAnswers() throws IOException {
        try (ControlServer one = server(1, PATIENCE); ControlServer two = server(2, PATIENCE)) {
            Answers answers = ask();
            assertEquals(List.of(1L, 2L), answers.documents().stream().map(document -> document.get("pid")).toList());
            assertEquals(List.of(), answers.troubles());
            assertEquals(List.of(one.file(), two.file()), place.sockets());
        }
    }

    @Test
    void onlyTheUserMayComeIn() throws IOException {
        Files.createDirectory(place.folder());
        Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ControlServer server = server(1, PATIENCE)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(server.file())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place.folder())));
        }
    }

    @Test
    void aFolderThatLeadsElsewhereIsRefused() throws IOException {
        Files.createSymbolicLink(place.folder(), Files.createDirectory(temporary.resolve("other")));
        assertThrows(IOException.class, () -> server(1, PATIENCE));
        assertEquals(0, temporary.resolve("other").toFile().list().length);
    }

    @Test
    void nothingIsLeftWhenItCloses() throws IOException {
        server(1, PATIENCE).close();
        assertFalse(Files.exists(place.folder()));
        assertTrue(ask().isNobody());
    }

    @Test
    void whoAsksWronglyIsToldSo() throws IOException {
        try (ControlServer server = server(1, PATIENCE)) {
            for (String request : List.of(ASK.replace("1", "2"), ASK.replace("who", "dance"), "{}\n")) {
                assertTrue(said(server.file(), request).contains("\"error\":\"this mesh-dev does not know that"), request);
            }
            assertTrue(said(server.file(), "hello\n").contains("\"error\":\"no JSON: "));
            assertTrue(said(server.file(), "{\"version\":1,\"command\":\"fail\"}\n").contains("internal error"));
            assertEquals("{\"version\":1,\"pid\":1}", said(server.file(), ASK));
        }
    }

    @Test
    void whoNeverAsksHoldsUpOthersForAMomentOnly() throws IOException {
        try (ControlServer server = server(1, SHORT); Wire silent = Wire.to(server.file()); Wire slow = Wire.to(server.file())) {
            slow.write("{\"version\":1", PATIENCE);
            assertEquals("{\"version\":1,\"pid\":1}", said(server.file(), ASK));
            assertThrows(IOException.class, () -> silent.readLine(1000, PATIENCE));
        }
    }

    @Test
    void aRequestWithoutEndIsCutOff() throws IOException {
        try (ControlServer server = server(1, PATIENCE); Wire endless = Wire.to(server.file())) {
            String part = "x".repeat(ControlServer.LONGEST_REQUEST);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    endless.write(part, PATIENCE);
                }
            });
            assertEquals("{\"version\":1,\"pid\":1}", said(server.file(), ASK));
        }
    }

    @Test
    void whatTheDeadLeftBehindIsClearedUpByTheNextServer() throws IOException {
        Path left = dead(DEAD);
        long own = ProcessHandle.current().pid();
        Path samePid = dead(own);
        try (ControlServer server = server(own, PATIENCE)) {
            assertEquals(samePid, server.file());
            assertFalse(Files.exists(left));
            assertEquals(1, ask().documents().size());
        }
    }

    @Test
    void whatTheDeadLeftBehindIsClearedUpByAClient() throws IOException {
        Path left = dead(DEAD);
        Path perhapsBusy = dead(1);
        assertTrue(ask().isNobody());
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(perhapsBusy), "a process has that pid");
    }

    @Test
    void aLivingOneWithOurPidInAnotherContainerKeepsItsSocket() throws IOException {
        try (ControlServer other = server(1, PATIENCE); ControlServer own = server(1, PATIENCE)) {
            assertEquals(place.socket(1, 0), other.file());
            assertEquals(place.socket(1, 1), own.file());
            assertEquals(2, ask().documents().size());
        }
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws IOException {
        Files.createDirectories(place.folder());
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(place.socket(7, 0))); ControlServer one = server(8, PATIENCE)) {
            Answers answers = new ControlClient(place, SHORT).ask("who");
            assertEquals(List.of("mesh-dev (pid 7) does not answer: no answer in time"), answers.troubles());
            assertEquals(List.of(8L), answers.documents().stream().map(document -> document.get("pid")).toList());
            assertTrue(Files.exists(place.socket(7, 0)) && deaf.isOpen() && Files.exists(one.file()));
        }
    }

    @Test
    void anAnswerOfAnotherVersionIsNotTakenForOne() throws IOException {
        Map<String, Command> other = Map.of("who", request -> Map.of("version", 2));
        try (ControlServer server = ControlServer.open(place, 5, other, PATIENCE)) {
            assertEquals(List.of("mesh-dev (pid 5) is of another version"), ask().troubles(), () -> server.file().toString());
        }
    }
}
