package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of variables, passwords and options are an agent's business: mesh-dev writes them nowhere. */
final class SecretsIT extends BlackBox {
    private static final String SECRET = "s3cr3t";

    /** A value for every way in. */
    private void putEverywhere() {
        project.write(".env", "DOTENV_KEY=s3cr3t-dotenv\nexport OTHER='s3cr3t-quoted'\nMCP_MESH_REGISTRY_URL=http://u:s3cr3t-env@127.0.0.1:9\n");
        project.write("more.env", "FILE_KEY=s3cr3t-file\n");
        project.write(".meshwatch", TestProject.RULES + """
                startup_attempts: 2
                env: {RULES_KEY: s3cr3t-rules}
                agents:
                  tool:
                    path: agents/tool.py
                    command: [python3, agents/tool.py, --token=s3cr3t-option, --password, s3cr3t-word]
                    env: {AGENT_KEY: s3cr3t-agent}
                """);
    }

    private Launch launch(String... arguments) {
        return project.launch(arguments).env("API_KEY", "s3cr3t-inherited").env("MCP_MESH_LOG_LEVEL", "TRACE");
    }

    private void assertNowhere(MeshDev meshDev) {
        assertFalse((meshDev.text(false) + meshDev.text(true)).contains(SECRET), meshDev::output);
        try (Stream<Path> all = Files.walk(project.home())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET), file.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void agentsGetSecretsAndNothingElseDoes() {
        putEverywhere();
        project.with(project.agent("orders").late("""
                note("KEYS", NAME, *sorted(k for k, v in os.environ.items() if "s3cr3t" in v))"""),
                project.agent("tool").early("""
                if os.path.exists("broken"):
                    sys.exit(3)"""));
        MeshDev meshDev = launch("start", "agents/", "-v", "--env-file", "more.env").ready("orders", "tool");
        assertEquals(List.of(List.of("API_KEY", "DOTENV_KEY", "FILE_KEY", "MCP_MESH_REGISTRY_URL", "OTHER", "RULES_KEY")), journal().facts("KEYS", "orders"));
        assertFalse(new Proc(meshDev.pid()).commandLine().contains(SECRET));
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        project.shell("touch broken agents/tool.py");
        meshDev.await("tool: waiting for a change");
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        meshDev.await("orders ended unasked");
        meshDev.signal("INT");
        meshDev.awaitExit();
        assertNowhere(meshDev);
    }

    @Test
    void aVariableOfTheCommandLineIsNotShownEither() {
        project.with(project.agent("orders"));
        MeshDev meshDev = launch("start", "agents/", "-v", "--env", "FLAG_KEY=s3cr3t-flag", "--registry-url",
                "http://u:s3cr3t-url@127.0.0.1:9").ready("orders");
        meshDev.signal("INT");
        meshDev.awaitExit();
        assertNowhere(meshDev);
    }

    @ParameterizedTest
    @CsvSource({"'[/no/such/program, --token=s3cr3t]', does not exist",
        "'[./agents, --token=s3cr3t]', agents is a directory",
        "'[no-such-program, --token=s3cr3t]', is not on PATH"})
    void anAgentThatCannotBeLaunchedIsExplainedWithoutItsOptions(String command, String said) {
        putEverywhere();
        project.with(project.agent("orders"));
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\nenv: {RULES_KEY: s3cr3t-rules}\n"
                + "agents:\n  orders:\n    path: agents/orders.py\n    command: " + command + "\n");
        MeshDev meshDev = launch("start", "agents/", "-v").run();
        Patience.until("an explanation", () -> (meshDev.text(false) + meshDev.text(true)).contains(said), meshDev::output);
        assertNowhere(meshDev);
    }

    @Test
    void aProgramThatDisappearsIsExplainedWithoutItsOptions() {
        project.with(project.agent("orders")).write("run", "#!/bin/sh\nexec python3 agents/orders.py\n");
        project.shell("chmod +x run");
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\nagents:\n  orders:\n"
                + "    path: agents/orders.py\n    command: [./run, --token=s3cr3t]\n");
        MeshDev meshDev = launch("start", "agents/", "-v").ready("orders");
        project.shell("rm run; touch agents/orders.py");
        meshDev.await("run does not exist");
        meshDev.await("waiting for a change");
        assertNowhere(meshDev);
    }

    @Test
    void anEnvironmentThatIsTooLongIsExplainedWithoutIt() {
        project.with(project.agent("orders"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            many.append("BIGNUMBER_").append(i).append("=s3cr3t").append("x".repeat(120_000)).append('\n');
        }
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\n");
        for (String name : List.of("A", "B", "C")) {
            project.write(name + ".env", many.toString().replace("NUMBER", name));
        }
        MeshDev meshDev = launch("start", "agents/", "--env-file", "A.env", "--env-file", "B.env", "--env-file", "C.env").run();
        meshDev.await("too long for the system");
        assertNowhere(meshDev);
    }

    @Test
    void theListingOfRulesShowsNoValue() {
        putEverywhere();
        project.with(project.agent("orders"), project.agent("tool"));
        for (String form : List.of("--json", "--explain=agents/orders.py")) {
            MeshDev meshDev = launch("debug", "watches", "agents/", form).runToEnd();
            assertTrue(meshDev.text(false).contains("orders"), meshDev::output);
            assertNowhere(meshDev);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "KEY 's3cr3t'|.env:1", "s3cr3t|.env:1", "s3cr3t key=value|.env:1", "KEY=\"s3cr3t|.env:1", "KEY='s3cr3t' s3cr3t|.env:1",
        "s3cr3t!=x|.env:1"})
    void aLineOfAnEnvFileThatMakesNoSenseIsNamedNotShown(String line, String place) {
        project.with(project.agent("orders")).write(".env", line + "\n");
        MeshDev meshDev = launch("start", "agents/").ready("orders");
        assertTrue(meshDev.text(false).contains(place), meshDev::output);
        assertNowhere(meshDev);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "KEY: [s3cr3t]",
        "KEY: \"s3cr3t\\0\"",
        "- KEY=s3cr3t",
        "KEY: *s3cr3t",
        "KEY: \"s3cr3t",
        "KEY=s3cr3t",
        "KEY: !!s3cr3t x",
        "KEY: \"s3cr3t\" s3cr3t",
        "KEY: @s3cr3t",
        "KEY: %s3cr3t",
        "KEY: `s3cr3t",
        "KEY: \"s3cr3t\\q\"",
        "KEY: s3cr3t: x",
        "KEY:\ts3cr3t: x",
        "KEY: {s3cr3t",
        "KEY: &s3cr3t",
        "KEY: ? s3cr3t: x"})
    void aWrongMeshwatchIsExplainedWithoutItsValues(String rules) {
        project.with(project.agent("orders")).write(".meshwatch", "env:\n  " + rules + "\n");
        MeshDev meshDev = launch("start", "agents/").runToEnd();
        assertEquals(2, meshDev.awaitExit(), meshDev::output);
        assertNowhere(meshDev);
    }

    @ParameterizedTest
    @CsvSource({"--env, =s3cr3t", "--env, s3cr3t", "--env, 2=s3cr3t", "--registry-url, ftp://u:s3cr3t@host",
        "--registry-url, http://u:s3cr3t@host:99999", "--registry-url, 'http://u:s3cr3t@ho st'", "--registry-url, http://u:s3cr3t@"})
    void aWrongOptionIsExplainedWithoutItsValue(String option, String value) {
        project.with(project.agent("orders"));
        MeshDev meshDev = launch("start", "agents/", option, value).runToEnd();
        assertEquals(2, meshDev.awaitExit(), meshDev::output);
        assertNowhere(meshDev);
    }
}
