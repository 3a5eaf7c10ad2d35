package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page that the product was asked for in promises, as it says it. */
final class SeedPageIT extends BlackBox {
    private static final String RULES = """
            # .meshwatch
            include:
              - "agents/**/*.py"
              - "lib/**/*.py"
              - "config/**/*.yaml"

            exclude:
              - "**/__pycache__/**"
              - "**/*.pyc"
              - "**/test_*.py"
              - "**/.pytest_cache/**"

            # Don't reload on these files (just log)
            log_only:
              - "**/*.md"
              - "**/*.txt"

            # Delay before reload (milliseconds)
            reload_delay: 500
            """;
    private static final String ENABLED = "mesh-dev | File watching enabled. Agents will auto-restart on file changes.";

    private MeshDev start(String... arguments) {
        project.write(".meshwatch", RULES);
        return project.launch(arguments).as("mcp-mesh-dev").run();
    }

    private long completed() {
        return project.log().lines().filter(line -> line.contains("Reload completed")).count();
    }

    @Test
    void itsRulesItsCommandItsLineItsTouchAndItsGrepWork() {
        project.with(project.agent("my_agent"), project.agent("other"));
        MeshDev meshDev = start("start", "agents/");
        meshDev.await(ENABLED);
        assertEquals(1, meshDev.lines().stream().filter(line -> line.text().equals(ENABLED)).count());
        journal().awaitReady("my_agent", 1);
        for (int touch = 1; touch <= 2; touch++) {
            project.shell("touch agents/my_agent.py");
            meshDev.awaitReloads("my-agent", touch);
        }
        Patience.until("the log has both", () -> completed() == 2, project::log);
        assertEquals(1, journal().starts("other").size());
        assertTrue(project.log().lines().anyMatch(line -> line.matches(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d INFO  \\[shop] Reload completed: my-agent in .*")),
                project::log);
    }

    @Test
    void anAgentNamedOnTheCommandLineReloadsAlthoughItsNameIsExcluded() {
        project.with(project.agent("test_agent", "test_agent.py"));
        MeshDev meshDev = start("start", "test_agent.py");
        meshDev.await("| File watching enabled. Agents will auto-restart on file changes.");
        journal().awaitReady("test_agent", 1);
        project.shell("printf '\\n# trigger reload\\n' >> test_agent.py");
        meshDev.awaitReloads("test-agent", 1);
        assertEquals(journal().ports("test_agent").get(0), journal().lastPort("test_agent"));
    }

    @Test
    void ctrlCInItsDevScriptEndsTheScriptAndEverythingElse() {
        project.with(project.agent("my_agent").early(JournalAgent.NOTE_SIGNALS)).write(".meshwatch", RULES);
        project.write("dev.sh", """
                #!/bin/bash
                export MCP_MESH_LOG_LEVEL=DEBUG
                export MCP_MESH_ENABLE_HOT_RELOAD=true
                export MCP_MESH_DB_TYPE=sqlite
                export MCP_MESH_DB_PATH=./dev-registry.db
                mcp-mesh-dev start agents/ &
                DEV_PID=$!
                echo "Process ID: $DEV_PID"
                wait $DEV_PID
                """);
        MeshDev script = project.launch().script("bash", "exec bash dev.sh start").inOwnGroup().run();
        script.await(ENABLED);
        script.await("| my-agent ready on :");
        long meshDev = Long.parseLong(script.await("Process ID: ").text().substring(12));
        project.shell("python3 -c 'import os,signal,sys; os.killpg(int(sys.argv[1]), signal.SIGINT)' $1",
                Long.toString(script.pid()));
        Patience.until("mesh-dev ends", () -> !new Proc(meshDev).isAlive(), script::output);
        script.awaitExit();
        assertEquals(List.of("SIGTERM"), journal().signals("my_agent"));
    }

    @Test
    void itsVariableSwitchesWatchingOff() {
        project.with(project.agent("my_agent")).write(".meshwatch", RULES);
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_ENABLE_HOT_RELOAD", "false").run();
        meshDev.await("File watching disabled (MCP_MESH_ENABLE_HOT_RELOAD).");
        assertEquals(0, meshDev.count("File watching enabled"));
    }

    @Test
    void itsVariableForTheDelayBeatsTheFile() {
        project.with(project.agent("my_agent")).write(".meshwatch", RULES);
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_RELOAD_DELAY", "150").ready("my-agent");
        project.shell("touch agents/my_agent.py");
        meshDev.awaitReloads("my-agent", 1);
        String quiet = meshDev.await("Reload completed: my-agent").text().replaceAll(".*quiet (\\d+).*", "$1");
        assertTrue(Integer.parseInt(quiet) >= 150 && Integer.parseInt(quiet) < 400, meshDev::output);
    }

    @Test
    void itsVariableForExtensionsAddsFilesBelowTheAgents() {
        project.with(project.agent("my_agent")).write(".meshwatch", RULES).write("agents/menu.json", "{}");
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_WATCH_EXTENSIONS", ".py,.yaml,.json").ready("my-agent");
        project.write("agents/menu.json", "{\"a\": 1}");
        meshDev.awaitReloads("my-agent", 1);
        meshDev.await("agents/menu.json changed");
        project.shell("touch agents/my_agent.py");
        meshDev.awaitReloads("my-agent", 2);
    }

    @Test
    void itsVariablesForStrategyAndStateAreUnderstoodAndALackIsSaid() {
        project.with(project.agent("my_agent")).write(".meshwatch", RULES);
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_RELOAD_STRATEGY", "refresh")
                .env("MCP_MESH_PRESERVE_STATE", "true").ready("my-agent");
        meshDev.await("MCP_MESH_RELOAD_STRATEGY: ");
        assertEquals(0, meshDev.count("MCP_MESH_PRESERVE_STATE: "));
        project.shell("touch agents/my_agent.py");
        meshDev.awaitReloads("my-agent", 1);
    }

    @Test
    void itsBreakerMessageIsTheSame() {
        project.with(project.agent("my_agent").early("sys.exit(1)"));
        MeshDev meshDev = start("start", "agents/my_agent.py");
        meshDev.await("mesh-dev | my-agent: Too many startup attempts (3) in 10s");
        project.assertNoStart("my_agent", 3);
        assertEquals(1, meshDev.count("Too many startup attempts"));
    }

    @Test
    void agentsFindTheLibraryFolderOfTheProjectAndKnowTheyAreInDevelopment() {
        project.with(project.agent("my_agent").early("import lib.dev").answering("lib.dev.X + os.environ['MCP_DEV_MODE']"))
                .write("lib/dev.py", "X = 'found '\n");
        MeshDev meshDev = start("start", "agents/");
        meshDev.await("| my-agent ready on :");
        assertEquals("found true", TestProject.ask(journal().lastPort("my_agent")));
    }
}
