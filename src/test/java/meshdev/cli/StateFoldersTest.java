package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFoldersTest {
    @TempDir
    Path temporary;

    private final List<String> warnings = new ArrayList<>();
    private Path home;
    private Path root;

    @BeforeEach
    void makeProject() throws IOException {
        home = temporary.resolve("home");
        root = Files.createDirectory(temporary.resolve("shop"));
    }

    private Path folder() {
        return StateFolders.of(home, root).resolve("orders");
    }

    private Map<String, String> given(String folder) {
        return Map.of("A", "1", "MCP_MESH_PRESERVE_STATE", "true", "MCP_MESH_STATE_DIR", folder);
    }

    private Map<String, String> opened() {
        return new StateFolders(home, root, warnings::add).opened("orders", given(folder().toString()));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private void assertRefused(Path place, String reason) {
        assertEquals(Map.of("A", "1", "MCP_MESH_PRESERVE_STATE", "true"), opened());
        assertEquals(List.of("state is not preserved: can't use " + place + ": " + reason
                + "; mend it, or name another place with MCP_MESH_HOME"), warnings);
    }

    @Test
    void aFolderIsMadeForItsOwnerOnlyWithAllAboveIt() throws IOException {
        assertEquals(given(folder().toString()), opened());
        assertTrue(folder().toString().matches(".*/home/state/shop-[0-9a-f]{8}/orders"), folder().toString());
        for (Path each = folder(); !each.equals(temporary); each = each.getParent()) {
            assertEquals("rwx------", permissions(each), each.toString());
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void whatIsThereIsKeptAndClosedToOthers() throws IOException {
        opened();
        Files.writeString(folder().resolve("state.json"), "{}");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(given(folder().toString()), opened());
        assertEquals("rwx------", permissions(folder()));
        assertTrue(Files.exists(folder().resolve("state.json")));
    }

    @Test
    void aProjectHasOnePlaceByEveryPathToItAndNoOtherProjectHasIt() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
        assertEquals(StateFolders.of(home, root), StateFolders.of(home, link));
        Path other = Files.createDirectories(temporary.resolve("other/shop"));
        assertNotEquals(StateFolders.of(home, root), StateFolders.of(home, other));
    }

    @Test
    void aHomeThatIsALinkIsTheUsersChoice() throws IOException {
        Files.createSymbolicLink(home, Files.createDirectory(temporary.resolve("disk")));
        assertTrue(opened().containsKey("MCP_MESH_STATE_DIR"));
    }

    @Test
    void aLinkInThePlaceOfAFolderIsRefused() throws IOException {
        opened();
        Files.delete(folder());
        Files.createSymbolicLink(folder(), temporary);
        assertRefused(folder(), "it is a symbolic link");
        warnings.clear();
        Files.delete(folder());
        Files.delete(folder().getParent());
        Files.createSymbolicLink(folder().getParent(), temporary);
        assertRefused(folder().getParent(), "it is a symbolic link");
    }

    @Test
    void aFileInThePlaceOfAFolderIsRefused() throws IOException {
        opened();
        Files.delete(folder());
        Files.createFile(folder());
        assertRefused(folder(), "it is no folder");
    }

    @Test
    void aFolderOfSomebodyElseIsRefused() throws IOException {
        opened();
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives folders away");
        Files.setAttribute(folder(), "unix:uid", 65534);
        assertRefused(folder(), "it belongs to " + Files.getOwner(folder()).getName());
    }

    @Test
    void whatStopsAllAgentsIsSaidOnce() throws IOException {
        Files.createFile(home);
        StateFolders folders = new StateFolders(home, root, warnings::add);
        for (String agent : List.of("orders", "pricing", "orders")) {
            String folder = StateFolders.of(home, root).resolve(agent).toString();
            assertFalse(folders.opened(agent, given(folder)).containsKey("MCP_MESH_STATE_DIR"));
        }
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void aFolderThatTheUserNamedIsLeftToHim() {
        Map<String, String> own = given(temporary.resolve("mine").toString());
        assertEquals(own, new StateFolders(home, root, warnings::add).opened("orders", own));
        assertFalse(Files.exists(home) || Files.exists(temporary.resolve("mine")));
    }
}
