package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentEnvironmentTest {
    @TempDir
    Path root;

    private final Map<String, String> inherited = new LinkedHashMap<>();
    private String dotEnv = "";
    private String meshwatch = "";
    private Flags flags = Flags.NONE;
    private boolean hotReload = true;
    private boolean several;
    private Path library = Path.of("/dist/lib/python");
    private Optional<Path> states = Optional.empty();

    private AgentEnvironment load() {
        DotEnv file = DotEnv.parse(dotEnv, ".env");
        return AgentEnvironment.load(new EnvironmentSources(flags, inherited, file, MeshwatchText.read(meshwatch),
                RegistryVariables.capture(flags, inherited, file), root, root, hotReload, several, library, states));
    }

    private Map<String, String> of(String... own) {
        return load().of("orders", OptionalInt.empty(), own.length == 0 ? Map.of() : Map.of(own[0], own[1]));
    }

    private static Flags env(List<String> assignments, String... files) {
        return new Flags(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), false, false, assignments, List.of(files));
    }

    @Test
    void aFaultThatIsNewIsRefusedAndOneThatWasThereIsNot() throws IOException {
        Files.writeString(root.resolve("project.env"), "A=1\nbad\n");
        meshwatch = "env_file: project.env";
        AgentEnvironment before = load();
        assertEquals(List.of("project.env:2: expected NAME=value; the line was left out"), before.warnings());
        Files.writeString(root.resolve("project.env"), "A=1\nB=2\nbad\n");
        load().refuseNewFaults(before);
        Files.writeString(root.resolve("project.env"), "A=1\nbad\nbad\n");
        assertEquals("project.env:3: expected NAME=value; mend the line",
                assertThrows(ConfigException.class, () -> load().refuseNewFaults(before)).getMessage());
    }

    @Test
    void forOtherAgentsNoFileIsReadAgain() throws IOException {
        Files.writeString(root.resolve("project.env"), "A=1\n");
        meshwatch = "env_file: project.env";
        inherited.put("MCP_MESH_HTTP_PORT", "9001");
        AgentEnvironment before = load();
        Files.writeString(root.resolve("project.env"), "bad\n");
        Map<String, String> variables = before.severalAgents(true).of("orders", OptionalInt.empty(), Map.of());
        assertEquals("1", variables.get("A"));
        assertNull(variables.get("MCP_MESH_HTTP_PORT"), "several agents cannot share it");
    }

    private String fault() {
        return assertThrows(ConfigException.class, this::load).getMessage();
    }

    @Test
    void laterSourcesOverrideEarlierOnes() throws IOException {
        Files.writeString(root.resolve("project.env"), "D=file\nE=file\nF=file\nG=file");
        Files.writeString(root.resolve("flag.env"), "F=flagfile\nG=flagfile");
        dotEnv = "A=dotenv\nB=dotenv";
        inherited.putAll(Map.of("B", "inherited", "C", "inherited"));
        meshwatch = "env: {C: project, D: project}\nenv_file: project.env";
        flags = env(List.of("G=flag", "G=last=one"), "flag.env");
        Map<String, String> environment = load().of("a", OptionalInt.empty(), Map.of("E", "own", "F", "own"));
        assertEquals(List.of("dotenv", "inherited", "project", "file", "own", "flagfile", "last=one"),
                List.of(environment.get("A"), environment.get("B"), environment.get("C"), environment.get("D"),
                        environment.get("E"), environment.get("F"), environment.get("G")));
    }

    @Test
    void everyAgentGetsTheVariablesOfTheMesh() {
        Map<String, String> environment = of();
        assertEquals("1", environment.get("PYTHONUNBUFFERED"));
        assertEquals("true", environment.get("MCP_DEV_MODE"));
        assertEquals("http://localhost:8000", environment.get("MCP_MESH_REGISTRY_URL"));
        assertEquals("localhost", environment.get("MCP_MESH_REGISTRY_HOST"));
        assertEquals("8000", environment.get("MCP_MESH_REGISTRY_PORT"));
        assertEquals(root + ":/dist/lib/python", environment.get("PYTHONPATH"));
    }

    @Test
    void agentsTellALocalRegistryThatTheyAreLocalToo() {
        assertEquals("127.0.0.1", of().get("MCP_MESH_HTTP_HOST"));
        assertEquals("agent.internal", of("MCP_MESH_HTTP_HOST", "agent.internal").get("MCP_MESH_HTTP_HOST"));
        assertNull(of("MCP_MESH_REGISTRY_URL", "http://registry.example:8000").get("MCP_MESH_HTTP_HOST"));
        inherited.put("MCP_MESH_REGISTRY_URL", "http://registry.example:8000");
        assertNull(of().get("MCP_MESH_HTTP_HOST"));
        assertEquals("127.0.0.1", of("MCP_MESH_REGISTRY_HOST", "LOCALHOST").get("MCP_MESH_HTTP_HOST"));
    }

    @Test
    void agentsOfALocalRegistryBeatEverySecondSoThatReloadsAreNoticed() {
        assertEquals("1", of().get("MCP_MESH_HEALTH_INTERVAL"));
        assertEquals("9", of("MCP_MESH_HEALTH_INTERVAL", "9").get("MCP_MESH_HEALTH_INTERVAL"));
        assertNull(of("MCP_MESH_REGISTRY_URL", "http://registry.example:8000").get("MCP_MESH_HEALTH_INTERVAL"));
        hotReload = false;
        assertNull(of().get("MCP_MESH_HEALTH_INTERVAL"));
    }

    @Test
    void whatIsSetAlreadyIsKept() {
        inherited.putAll(Map.of("PYTHONUNBUFFERED", "", "MCP_DEV_MODE", "false", "MCP_MESH_AGENT_ID", "mine"));
        Map<String, String> environment = of();
        assertEquals("", environment.get("PYTHONUNBUFFERED"));
        assertEquals("false", environment.get("MCP_DEV_MODE"));
        assertEquals("mine", environment.get("MCP_MESH_AGENT_ID"));
    }

    @Test
    void withoutReloadThereIsNoDevelopmentMode() {
        hotReload = false;
        assertFalse(of().containsKey("MCP_DEV_MODE"));
    }

    @ParameterizedTest
    @CsvSource({"'', ROOT:LIB", "/x, /x:ROOT:LIB", "/x:ROOT, /x:ROOT:LIB", "ROOT/, ROOT/:LIB", "ROOT:/x, ROOT:/x:LIB",
        "ROOT2, ROOT2:ROOT:LIB", "LIB, LIB:ROOT", "ROOT:LIB/:/x, ROOT:LIB/:/x"})
    void theRootAndOurModulesAreAppendedToThePythonPathOnce(String before, String after) {
        inherited.put("PYTHONPATH", before.replace("ROOT", root.toString()).replace("LIB", library.toString()));
        assertEquals(after.replace("ROOT", root.toString()).replace("LIB", library.toString()), of().get("PYTHONPATH"));
    }

    @Test
    void aPlaceThatWouldBeSeveralEntriesIsNoneOfThePythonPath() {
        library = Path.of("/di::st/lib/python");
        assertEquals(root.toString(), of().get("PYTHONPATH"));
    }

    @Test
    void onlyPreservedStateHasAFolder() {
        assertFalse(of().containsKey("MCP_MESH_STATE_DIR") || of().containsKey("MCP_MESH_PRESERVE_STATE"));
        inherited.put("MCP_MESH_PRESERVE_STATE", "yes");
        states = Optional.of(Path.of("/home/state/shop-1"));
        assertEquals("/home/state/shop-1/orders", of().get("MCP_MESH_STATE_DIR"));
        assertEquals("true", of().get("MCP_MESH_PRESERVE_STATE"));
    }

    @Test
    void aFolderOrARefusalOfTheUsersBeatsOurs() {
        states = Optional.of(Path.of("/home/state/shop-1"));
        assertEquals("mine", of("MCP_MESH_STATE_DIR", "mine").get("MCP_MESH_STATE_DIR"));
        assertEquals("false", of("MCP_MESH_PRESERVE_STATE", "false").get("MCP_MESH_PRESERVE_STATE"));
        inherited.put("MCP_MESH_STATE_DIR", "/shell");
        assertEquals("/shell", of().get("MCP_MESH_STATE_DIR"));
        several = true;
        assertEquals("/home/state/shop-1/orders", of().get("MCP_MESH_STATE_DIR"));
        assertEquals(1, load().warnings().size());
    }

    @Test
    void whatAnOuterRunSaysToItsAgentIsNotPassedOn() {
        inherited.putAll(Map.of("MCP_MESH_RELOAD_COUNT", "3", "MCP_MESH_RELOAD_REASON", "a.py", "MCP_MESH_PREVIOUS_PID", "9",
                "MCP_MESH_STATE_DIR", "/outer", "MESH_DEV_AGENT", "1-a/orders"));
        Map<String, String> environment = of();
        for (String name : List.of("RELOAD_COUNT", "RELOAD_REASON", "PREVIOUS_PID", "STATE_DIR")) {
            assertFalse(environment.containsKey("MCP_MESH_" + name), name);
        }
        several = true;
        assertEquals(List.of(), load().warnings());
    }

    @Test
    void theAgentsIdentityIsStableAndDiffersByNameAndProject() {
        String id = AgentId.of(Path.of("/p"), "orders");
        assertEquals(id, AgentId.of(Path.of("/p"), "orders"));
        assertNotEquals(id, AgentId.of(Path.of("/q"), "orders"));
        assertEquals(AgentId.of(root, "orders"), of().get("MCP_MESH_AGENT_ID"));
        for (String name : List.of("orders", "-a-", "---", "a-1", "9")) {
            assertTrue(AgentId.of(root, name).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"), AgentId.of(root, name));
        }
        assertTrue(id.matches("orders-[0-9a-f]{8}"), id);
    }

    @Test
    void oneAgentInheritsIdentityAndPortButSeveralDoNot() {
        inherited.put("MCP_MESH_HTTP_PORT", "9000");
        dotEnv = "MCP_MESH_AGENT_ID=same";
        assertEquals("9000", of().get("MCP_MESH_HTTP_PORT"));
        assertEquals("same", of().get("MCP_MESH_AGENT_ID"));
        assertEquals(List.of(), load().warnings());
        several = true;
        assertFalse(of().containsKey("MCP_MESH_HTTP_PORT"));
        assertTrue(of().get("MCP_MESH_AGENT_ID").startsWith("orders-"));
        String why = " is not passed on: it would be the same for all agents; set it in the env of one agent in .meshwatch";
        assertEquals(List.of("MCP_MESH_AGENT_ID of .env" + why, "MCP_MESH_HTTP_PORT of the environment" + why),
                load().warnings());
    }

    @Test
    void theConfiguredPortIsPassedOn() {
        inherited.put("MCP_MESH_HTTP_PORT", "9000");
        assertEquals("9001", load().of("a", OptionalInt.of(9001), Map.of()).get("MCP_MESH_HTTP_PORT"));
        assertEquals("9002", load().of("a", OptionalInt.of(9001), Map.of("MCP_MESH_HTTP_PORT", "9002"))
                .get("MCP_MESH_HTTP_PORT"));
    }

    @Test
    void capturedRegistryVariablesReplaceContradictingOnes() {
        inherited.putAll(Map.of("MCP_MESH_REGISTRY_URL", "http://reg:9", "MCP_MESH_REGISTRY_HOST", "other"));
        assertEquals("reg", of().get("MCP_MESH_REGISTRY_HOST"));
        assertEquals("9", of().get("MCP_MESH_REGISTRY_PORT"));
    }

    @Test
    void anAgentsOwnRegistryIsRespectedAndCompleted() {
        Map<String, String> own = of("MCP_MESH_REGISTRY_URL", "https://mine");
        assertEquals("https://mine", own.get("MCP_MESH_REGISTRY_URL"));
        assertEquals("mine", own.get("MCP_MESH_REGISTRY_HOST"));
        assertEquals("443", own.get("MCP_MESH_REGISTRY_PORT"));
        inherited.put("MCP_MESH_REGISTRY_HOST", "reg");
        assertEquals("http://reg:5", of("MCP_MESH_REGISTRY_PORT", "5").get("MCP_MESH_REGISTRY_URL"));
    }

    @Test
    void aRegistryOfTheCommandLineBeatsTheProjectsButNotTheAgentsOwn() {
        meshwatch = "env: {MCP_MESH_REGISTRY_URL: 'http://project:1'}";
        assertEquals("http://project:1", of().get("MCP_MESH_REGISTRY_URL"));
        flags = RegistryVariablesTest.flag("http://flag:2");
        assertEquals("http://flag:2", of().get("MCP_MESH_REGISTRY_URL"));
        assertEquals("http://own:3", of("MCP_MESH_REGISTRY_URL", "http://own:3").get("MCP_MESH_REGISTRY_URL"));
    }

    @Test
    void everyRespawnGetsWhatTheFirstStartGot() throws IOException {
        Path file = Files.writeString(root.resolve("x.env"), "A=1\nMCP_MESH_DB_PATH=one");
        meshwatch = "env_file: x.env";
        AgentEnvironment environment = load();
        Map<String, String> first = environment.of("a", OptionalInt.empty(), Map.of());
        Files.writeString(file, "A=2");
        assertEquals(first, environment.of("a", OptionalInt.empty(), Map.of()));
        assertEquals("1", first.get("A"));
        assertFalse(first.toString().contains("one"));
    }

    @Test
    void aNamedFileThatIsMissingIsAnError() {
        meshwatch = "env_file: none.env";
        assertEquals(".meshwatch:1:11: env_file: none.env: no such file; check the spelling or create it", fault());
        meshwatch = "";
        flags = env(List.of(), "gone.env");
        assertEquals("gone.env: no such file; check the spelling or create it", fault());
    }

    @Test
    void warningsOfAllFilesAreGathered() throws IOException {
        Files.writeString(root.resolve("a.env"), "oops");
        Files.writeString(root.resolve("b.env"), "\noops");
        dotEnv = "oops";
        meshwatch = "env_file: a.env";
        flags = env(List.of(), "b.env");
        String rest = ": expected NAME=value; the line was left out";
        assertEquals(List.of(".env:1" + rest, "a.env:1" + rest, "b.env:2" + rest), load().warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"s3cr3t | --env: has no =; write KEY=VALUE",
            "=s3cr3t | --env: what stands before = is no variable name; write KEY=VALUE",
            "s3cr3t x=1 | --env: what stands before = is no variable name; write KEY=VALUE"})
    void aMalformedVariableOfTheCommandLineIsRefusedUnseen(String assignment, String message) {
        flags = env(List.of(assignment));
        assertEquals(message, fault());
    }

    @Test
    void theMalformedOneOfSeveralIsCounted() {
        flags = env(List.of("A=1", "s3cr3t"));
        assertEquals("--env (number 2): has no =; write KEY=VALUE", fault());
        assertFalse(flags.toString().contains("s3cr3t"));
    }


}
