package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.DotEnv;
import meshdev.config.Flags;
import meshdev.config.RegistryVariables;
import meshdev.process.LaunchSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From MCP Mesh's variables to the registry program's, and from a URL to where it listens. */
class TranslationTest {
    private static final Path ROOT = Path.of("/p");
    private static final Path HOME = Path.of("/home/me/.mcp-mesh");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'', '', '', /home/me/.mcp-mesh/mcp_mesh_registry.db",
        "'', ./dev-registry.db, '', /p/dev-registry.db",
        "sqlite, ./dev-registry.db, '', /p/dev-registry.db",
        "SQLite, /abs/../x.db, '', /x.db",
        "'', data/a b.db, '', /p/data/a b.db",
        "'', :memory:, '', :memory:",
        "'', '', sqlite:///x.db, /p/x.db",
        "'', '', sqlite:////abs/x.db, /abs/x.db",
        "'', '', sqlite:///data/x.db?cache=shared, /p/data/x.db",
        "'', '', sqlite://x.db, /p/x.db",
        "'', '', sqlite:x.db, /p/x.db",
        "'', '', sqlite:///:memory:, :memory:",
        "'', '', sqlite://, :memory:",
        "'', '', x.db, /p/x.db",
        "'', a.db, sqlite:///b.db, /p/b.db",
        "'', '', postgres://u:s3cret@h/d?sslmode=disable, postgres://u:s3cret@h/d?sslmode=disable",
        "postgres, a.db, postgresql://h/d, postgresql://h/d",
        "sqlite, a.db, postgres://h/d, /p/a.db",
        "sqlite, '', postgres://h/d, /home/me/.mcp-mesh/mcp_mesh_registry.db"})
    void theDatabaseIsAPlainPathOrAPostgresUrl(String type, String path, String url, String expected) {
        assertEquals(expected, Database.of(variables("http://localhost:8000", type, path, url), ROOT, HOME).url());
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8000, mcp_mesh_registry.db", "http://localhost:9000, mcp_mesh_registry-9000.db"})
    void eachPortHasADatabaseOfItsOwn(String url, String name) {
        assertEquals(Optional.of(HOME.resolve(name)), Database.of(variables(url, "", "", ""), ROOT, HOME).file());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', mysql://root:s3cret@h/d, MCP_MESH_DATABASE_URL",
        "mysql, '', '', MCP_MESH_DB_TYPE",
        "postgres, s3cret.db, '', MCP_MESH_DB_TYPE",
        "postgres, '', sqlite:///s3cret.db, MCP_MESH_DB_TYPE",
        "'', '', s3cret\u0000.db, MCP_MESH_DATABASE_URL",
        "'', s3cret\u0000.db, '', MCP_MESH_DB_PATH"})
    void aDatabaseThatTheProgramDoesNotKnowIsRefusedWithoutItsValue(String type, String path, String url, String place) {
        RegistryVariables variables = variables("http://localhost:8000", type, path, url);
        String message = assertThrows(ConfigException.class, () -> Database.of(variables, ROOT, HOME)).getMessage();
        assertTrue(message.startsWith(place + ": "), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://mesh.example:8000", "https://localhost:8000", "http://localhost:8000/mesh"})
    void theDatabaseOfARegistryThatIsNeverStartedHereIsNotOurs(String url) {
        assertEquals(Optional.of(HOME.resolve("mcp_mesh_registry.db")), Database.of(variables(url, "mysql", "", ""), ROOT, HOME).file());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, 127.0.0.1", "http://LOCALHOST:8000/, 127.0.0.1", "http://mesh.localhost:8000, 127.0.0.1",
        "http://127.0.0.1:8000, 127.0.0.1", "http://127.0.0.2:8000, 127.0.0.2", "http://[::1]:8000, [::1]"})
    void theProgramListensWhereTheUrlSays(String url, String host) {
        Map<String, String> environment = environment(url, Map.of("HOST", "0.0.0.0", "PORT", "1"));
        assertEquals(host, environment.get("HOST"));
        assertEquals("8000", environment.get("PORT"));
    }

    @ParameterizedTest
    @CsvSource({"WARN, WARNING", "warning, WARNING", "Trace, DEBUG", "DEBUG, DEBUG", "info, INFO", "ERROR, ERROR",
        "critical, CRITICAL", "loud,", "'',"})
    void logLevelsAreTheProgramsOwnOrNone(String said, String expected) {
        assertEquals(expected, environment("http://localhost:8000", Map.of("MCP_MESH_LOG_LEVEL", said)).get("MCP_MESH_LOG_LEVEL"));
    }

    @Test
    void anotherProgramsDatabaseIsLeftAlone() {
        assertEquals("/p/r.db", environment("http://localhost:8000", Map.of("DATABASE_URL", "postgres://app")).get("DATABASE_URL"));
        assertEquals("kept", environment("http://localhost:8000", Map.of("HEALTH_CHECK_INTERVAL", "kept")).get("HEALTH_CHECK_INTERVAL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org:8000", "http://10.0.0.1:8000", "https://localhost:8000", "http://my_host",
        "http://localhost:8000/registry", "http://127.0.0.1.example.org", "http://[fe80::1]:8000", "http://0.0.0.0:8000"})
    void onlyAPlainLoopbackUrlIsOursToStart(String url) {
        assertFalse(address(url).isStartable());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000/, http://127.0.0.1:8000 http://[::1]:8000",
        "https://u:p%40ss@example.org/mesh/?token=x, https://example.org:443/mesh",
        "HTTP://my_host, http://my_host:80",
        "http://[::1]:8000, http://[::1]:8000"})
    void callsGoToTheUrlWithoutWhatIsSecret(String url, String bases) {
        assertEquals(List.of(bases.split(" ")), address(url).bases());
    }

    @Test
    void aUserAndPasswordAreSentAndNeverShown() {
        RegistryAddress address = address("http://me:p%40s+s@example.org");
        assertEquals(Optional.of("Basic bWU6cEBzK3M="), address.authorization());
        assertFalse((address + address.shown()).contains("p%40s"), address.toString());
        assertEquals(Optional.empty(), address("http://example.org/a@b").authorization());
    }

    @Test
    void theProgramIsFoundInBinThenInTheProjectThenOnThePath() throws Exception {
        RegistryProgram program = new RegistryProgram(folder, HOME, Map.of("PATH", "/no/such::" + folder.resolve("path")),
                Database.ofFile(Path.of("/x")));
        assertEquals(Optional.empty(), program.find());
        for (String place : List.of("path", ".", "bin")) {
            Path file = folder.resolve(place).resolve(RegistryProgram.FILE).normalize();
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            assertFalse(program.find().equals(Optional.of(file)), "not executable");
            assertTrue(file.toFile().setExecutable(true));
            assertEquals(Optional.of(file), program.find().map(Path::normalize));
        }
    }

    @Test
    void passwordsThatTheProgramPrintsArePassedOnToNobody() {
        List<String> lines = new ArrayList<>();
        Database database = new Database("postgres://bob:s3cret@h/d", Optional.empty());
        Tail tail = new Tail((name, line) -> lines.add(line), database.secrets());
        tail.line("r", "Initializing database: postgres://bob:s3cret@h/d");
        tail.line("r", "failed for password s3cret");
        assertEquals(List.of("Initializing database: ***", "failed for password ***"), lines);
        assertEquals(lines, tail.lines());
        for (int i = 0; i < 50; i++) {
            tail.line("r", "line " + i);
        }
        assertEquals("line 40", tail.lines().get(0));
        assertFalse((database + "").contains("s3cret"));
    }

    private static Map<String, String> environment(String url, Map<String, String> inherited) {
        Database database = Database.ofFile(Path.of("/p/r.db"));
        LaunchSpec spec = new RegistryProgram(ROOT, HOME, inherited, database).spec(Path.of("/x"), database, address(url));
        return spec.environment();
    }

    private static RegistryAddress address(String url) {
        return RegistryAddress.of(variables(url, "", "", ""));
    }

    private static RegistryVariables variables(String url, String type, String path, String databaseUrl) {
        Map<String, String> said = Map.of(RegistryVariables.URL, url, RegistryVariables.DB_TYPE, type,
                RegistryVariables.DB_PATH, path, RegistryVariables.DATABASE_URL, databaseUrl);
        return RegistryVariables.capture(Flags.NONE, said, DotEnv.EMPTY);
    }
}
