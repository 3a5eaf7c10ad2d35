package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.config.Flags;
import meshdev.report.ColorMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edit of a project on disk changes. */
class DifferencesTest {
    @TempDir
    Path root;

    @BeforeEach
    void writeAgents() {
        write("agents/orders.py", "if __name__ == '__main__': pass\n");
        write("agents/pricing.py", "if __name__ == '__main__': pass\n");
        write(".meshwatch", "reload_delay: 100\n");
        write(".env", "RATE=1\n");
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Project start() {
        Options options = new Options(List.of(), Flags.NONE, Optional.empty(), ColorMode.NEVER, false, false, false, List.of(), false);
        Caller caller = new Caller(Map.of("PATH", System.getenv("PATH"), "MCP_MESH_HOME", root.resolve("home").toString()), root,
                root, false, StandardCharsets.UTF_8);
        return Project.load(options, caller);
    }

    private Differences edit(String file, String text) {
        Project before = start();
        write(file, text);
        return Differences.between(before, again(before));
    }

    private static Project again(Project before) {
        return new Rereading(before, (from, to) -> false).read(true).project();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "env: {RATE: 2}|RATE", "port: 9001|port", "cwd: agents|cwd", "stop_signal: INT|stop_signal",
        "command: [python3, -u, x]|command", "env: {A: 1, B: 2, C: 3, D: 4, E: 5}|A, B, C and 2 more"})
    void whatOnlyALaunchAppliesRestartsThatAgentAndNamesNoValue(String setting, String words) {
        Differences differences = edit(".meshwatch", "reload_delay: 100\nagents:\n  orders: {" + setting + "}\n");
        assertEquals(Map.of("orders", words), differences.restarts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "reload_delay: 200|reload_delay", "stop_timeout: 2|stop_timeout", "startup_attempts: 5|startup_attempts",
        "startup_window: 5|startup_window", "agents: {orders: {stop_timeout: 2}}|stop_timeout of orders",
        "agents: {orders: {watch: [x.yaml]}}|watch of orders"})
    void aPolicyRestartsNobody(String setting, String words) {
        String text = setting.startsWith("reload_delay") ? setting : "reload_delay: 100\n" + setting;
        Differences differences = edit(".meshwatch", text + "\n");
        assertEquals(Map.of(), differences.restarts());
        assertEquals(List.of(words), differences.applied());
    }

    @Test
    void aVariableRestartsTheAgentsThatDoNotOverrideIt() {
        write(".meshwatch", "reload_delay: 100\nagents:\n  pricing: {env: {RATE: own}}\n");
        assertEquals(Set.of("orders"), edit(".env", "RATE=2\n").restarts().keySet());
    }

    @Test
    void theRegistryIsPinnedAndSaidToBe() {
        Differences differences = edit(".env", "RATE=1\nMCP_MESH_REGISTRY_URL=http://other:1\nMCP_MESH_DB_TYPE=x\n");
        assertEquals(Map.of(), differences.restarts());
        assertEquals(List.of("the registry"), differences.fixed());
    }

    @Test
    void whatAStartDecidesIsSaidToWait() {
        assertEquals(List.of("reload_strategy"), edit(".meshwatch", "reload_delay: 100\nreload_strategy: refresh\n").fixed());
    }

    @Test
    void preservedStateComesWithALaunchOfEachAgent() {
        Differences differences = edit(".meshwatch", "reload_delay: 100\npreserve_state: true\n");
        assertEquals(Map.of("orders", "MCP_MESH_PRESERVE_STATE, MCP_MESH_STATE_DIR", "pricing",
                "MCP_MESH_PRESERVE_STATE, MCP_MESH_STATE_DIR"), differences.restarts());
    }

    @Test
    void aFileThatSaysTheSameInOtherWordsChangesNothing() {
        Differences differences = edit(".meshwatch", "# a comment\nreload_delay: \"100ms\"\n");
        assertEquals(new Differences(Map.of(), List.of(), List.of()), differences);
    }

    @Test
    void anAgentIsKeptThoughItsFileIsGoneOrSaysNothing() throws IOException {
        Project before = start();
        Files.delete(root.resolve("agents/orders.py"));
        write("agents/pricing.py", "x = 1\n");
        assertEquals(List.of("orders", "pricing"), List.copyOf(again(before).names()));
        assertFalse(Files.exists(root.resolve("agents/orders.py")));
    }
}
