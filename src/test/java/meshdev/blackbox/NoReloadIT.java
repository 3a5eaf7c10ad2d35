package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Without hot reload there is no watcher at all, and all else stays. */
final class NoReloadIT extends BlackBox {

    private static long inotify(MeshDev meshDev) {
        return new Proc(meshDev.pid()).descriptors().stream().filter(one -> one.contains("inotify")).count();
    }

    private void assertNothingReloads(MeshDev meshDev) {
        meshDev.await("File watching disabled");
        meshDev.await("| orders ready on :");
        project.with(project.agent("orders").version(2));
        project.assertNoStart("orders", 1);
        assertEquals(0, inotify(meshDev));
        assertEquals(0, meshDev.count("File watching enabled"));
        String environment = String.join("\n", new Proc(journal().lastStart("orders").pid()).environment());
        assertEquals(false, environment.contains("MCP_DEV_MODE"), "development mode");
    }

    @Test
    void theOptionSwitchesItOff() {
        project.with(project.agent("orders"));
        assertNothingReloads(project.launch("start", "agents/", "--no-reload").run());
    }

    @Test
    void theVariableSwitchesItOff() {
        project.with(project.agent("orders"));
        assertNothingReloads(project.launch("start", "agents/").env("MCP_MESH_ENABLE_HOT_RELOAD", "Off").run());
    }

    @Test
    void aCrashIsStillRespawned() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/", "--no-reload").run();
        meshDev.await("| orders ready on :");
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        meshDev.await("| orders ready on :", 2);
        assertEquals(1, journal().ports("orders").stream().distinct().count());
    }

    @Test
    void withItThereIsExactlyOneDescriptorForEvents() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        Patience.until("native events", () -> inotify(meshDev) == 1,
                () -> String.join("\n", List.copyOf(new Proc(meshDev.pid()).descriptors())));
    }

    @Test
    void pollingNeedsNoEventsAndReloads() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/", "--poll=100ms").ready("orders");
        assertEquals(0, inotify(meshDev));
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
    }
}
