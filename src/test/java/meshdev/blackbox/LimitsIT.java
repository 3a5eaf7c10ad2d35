package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems that refuse files, processes and threads: whoever runs goes on running, and the user is told what to raise. */
final class LimitsIT extends BlackBox {
    private static final int MANY = 30;

    @Test
    void withTooFewDescriptorsRunningAgentsStayAndTheRemedyIsNamed() {
        for (int i = 0; i < MANY; i++) {
            project.with(project.agent("a" + i));
        }
        MeshDev meshDev = project.launch().script("bash", "ulimit -n 94; exec mesh-dev start agents/").run();
        meshDev.await("too many open files (limit reached: raise it with ulimit -n, or start fewer agents)");
        meshDev.await("attempt 2 of 3");
        journal().awaitReady("a0", 1);
        assertEquals("a0 1", TestProject.ask(journal().lastPort("a0")));
        assertEquals(1, journal().starts("a0").size(), meshDev::output);
        assertEquals(0, meshDev.count("internal error") + meshDev.count("lost its file"), meshDev::output);
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit(Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 62, 63})
    void withTooFewProcessesRunningAgentsStayAndTheSupervisorLives(int processes) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "mesh-dev-limits");
        long user = 600_000 + ProcessHandle.current().pid() * 10 % 50_000 + processes % 10;
        try {
            for (int i = 0; i < MANY; i++) {
                JournalAgent agent = project.agent("a" + i, folder + "/shop/agents/a" + i + ".py");
                TestProject.write(agent.file(), agent.source().replace(journal().file().toString(), folder + "/journal"));
            }
            TestProject.write(folder.resolve("shop/.meshwatch"), TestProject.RULES);
            project.shell("cp -r \"$1\" \"$2/dist\"; chmod -R a+rX \"$2\"; chown -R $3 \"$2\"", Built.HOME.toString(),
                    folder.toString(), Long.toString(user));
            MeshDev meshDev = project.launch().script("bash", "cd " + folder + "/shop && ulimit -u " + processes
                    + " && exec setpriv --reuid=" + user + " --regid=" + user + " --clear-groups env PATH=/usr/bin:/bin HOME="
                    + folder + " " + folder + "/dist/bin/mesh-dev start agents/").env("MESH_DEV_OWNER", folder.toString())
                    .env("MCP_MESH_HOME", folder + "/home").run();
            Patience.until("a limit is named", () -> meshDev.count("limit reached: raise it with ulimit -u") > 0
                    || !meshDev.isAlive(), meshDev::output);
            meshDev.await("a0 ready on :");
            Patience.staysFor("mesh-dev lives", Duration.ofSeconds(2), meshDev::isAlive, meshDev::output);
            assertEquals(0, meshDev.count("internal error") + meshDev.count("unasked"), meshDev::output);
            meshDev.signal("INT");
            assertEquals(130, meshDev.awaitExit(Duration.ofSeconds(15)));
            assertEquals("", Orphans.end("MESH_DEV_OWNER=" + folder), "left behind");
        } finally {
            Orphans.end("MESH_DEV_OWNER=" + folder);
            project.shell("rm -r \"$1\"", folder.toString());
        }
    }
}
