package meshdev.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
    private static final Path TEMPORARY = Path.of("/tmp");

    @TempDir
    Path folder;

    @Test
    void socketsLieBelowTheHomeByProjectAndPid() {
        SocketPlace place = SocketPlace.of(Path.of("/h"), Path.of("/shop"), TEMPORARY);
        assertEquals(Path.of("/h/run"), place.folder());
        assertTrue(place.socket(42, 0).toString().matches("/h/run/[0-9a-f]{8}-42\\.sock"), place::toString);
        assertEquals("42", place.pid(place.socket(42, 0)));
        assertEquals("42-1", place.pid(place.socket(42, 1)));
        assertNotEquals(place.project(), SocketPlace.of(Path.of("/h"), Path.of("/shop2"), TEMPORARY).project());
    }

    @Test
    void aPathThatSystemsDoNotTakeIsReplacedByAShortOneInTheTemporaryFolder() {
        Path longHome = Path.of("/" + "h".repeat(80));
        SocketPlace place = SocketPlace.of(longHome, Path.of("/shop"), TEMPORARY);
        assertTrue(place.folder().toString().matches("/tmp/mesh-dev-[0-9a-f]{8}"), place::toString);
        assertEquals(place, SocketPlace.of(longHome, Path.of("/shop"), TEMPORARY));
        for (int length = 1; length < 90; length++) {
            SocketPlace any = SocketPlace.of(Path.of("/" + "é".repeat(length)), Path.of("/shop"), TEMPORARY);
            assertTrue(any.socket(99_999_999, 9).toString().getBytes().length <= 100, any::toString);
        }
    }

    @Test
    void aLinkToTheProjectIsTheProject() throws IOException {
        Path real = Files.createDirectories(folder.resolve("shop"));
        Path link = Files.createSymbolicLink(folder.resolve("alias"), real);
        assertEquals(SocketPlace.of(folder, real), SocketPlace.of(folder, link));
    }

    @Test
    void onlySocketsOfTheProjectAreListed() throws IOException {
        SocketPlace place = new SocketPlace(folder, "0123abcd");
        for (String name : List.of("0123abcd-7.sock", "0123abcd-10.sock", "0123abcd-7.new", "ffffffff-7.sock",
                "orders-0123abcd.lock", "0123abcd-7x.sock", "0123abcd-.sock")) {
            Files.createFile(folder.resolve(name));
        }
        assertEquals(List.of(place.socket(10, 0), place.socket(7, 0)), place.sockets());
        assertEquals(3, place.ofAllProjects().sockets().size());
        assertEquals("7", place.ofAllProjects().pid(place.socket(7, 0)));
        assertEquals(List.of(), new SocketPlace(folder.resolve("none"), "0123abcd").sockets());
    }
}
