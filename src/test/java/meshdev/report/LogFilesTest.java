package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import meshdev.config.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFilesTest {
    @TempDir
    Path temp;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void nothingIsTouchedBeforeTheFirstLine() {
        LogFiles files = filesOf("shop");
        files.ownFile();
        files.agentFile("orders");
        assertFalse(Files.exists(temp.resolve("home")));
    }

    @Test
    void linesGoToTheirFilesWhichOnlyTheOwnerCanRead() throws IOException {
        LogFiles files = filesOf("shop");
        files.own(LogLevel.INFO, "Reload completed: orders");
        files.agent("orders", "connected");
        files.close();
        Path own = temp.resolve("home/logs/mcp-mesh.log");
        assertTrue(Files.readString(own).matches("\\S{29} INFO  \\[shop\\] Reload completed: orders\n"));
        Path agent = files.agentFile("orders");
        assertTrue(agent.toString().matches(".*/home/logs/shop-[0-9a-f]{8}/orders\\.log"), agent.toString());
        assertTrue(Files.readString(agent).matches("\\S{29} connected\n"));
        for (Path file : List.of(own, agent)) {
            assertEquals("rw-------", permissions(file));
            assertEquals("rwx------", permissions(file.getParent()));
        }
        assertEquals("rwx------", permissions(temp.resolve("home")));
        assertEquals(List.of(), warnings);
    }

    @Test
    void projectsOfOneNameDoNotShareAFolderAndLinksToOneProjectDo() throws IOException {
        Path shop = Files.createDirectories(temp.resolve("a/shop"));
        Files.createSymbolicLink(temp.resolve("link"), shop);
        assertNotEquals(filesOf("b/shop").agentFile("orders"), filesOf("a/shop").agentFile("orders"));
        assertEquals(filesOf("link").agentFile("orders"), filesOf("a/shop").agentFile("orders"));
    }

    @ParameterizedTest
    @CsvSource({
            "shop, shop", "my shop, my_shop", ".hidden, _hidden", "..,_.", "a/b\u001bc, a_b_c", "größe.v2, gr__e.v2"})
    void namesBecomeHarmlessFileNames(String name, String expected) {
        assertEquals(expected, LogFiles.safe(name));
    }

    @Test
    void theHashIsTheBeginningOfSha256() {
    }

    private LogFiles filesOf(String project) {
        return new LogFiles(temp.resolve("home"), temp.resolve(project), new ManualClock(), warnings::add);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
