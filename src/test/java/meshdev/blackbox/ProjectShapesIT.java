package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Projects as people have them: folders, odd names, checkouts, fixed ports, saves at any moment. */
final class ProjectShapesIT extends BlackBox {

    @Test
    void aSaveAtTheVeryStartIsNeverMissed() {
        for (int run = 1; run <= 3; run++) {
            project.with(project.agent("orders").version(10 * run));
            int before = journal().starts("orders").size();
            MeshDev meshDev = project.launch("start", "agents/").run();
            journal().awaitStarts("orders", before + 1);
            project.with(project.agent("orders").version(10 * run + 1));
            Patience.until("the saved one runs", () -> journal().lastStart("orders").sha()
                    .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
            meshDev.awaitReloads("orders", 1);
            meshDev.signal("TERM");
            meshDev.awaitExit();
        }
    }

    @Test
    void aFolderAgentReloadsForAnyOfItsFilesAndAlone() {
        project.with(project.agent("main", "agents/shop/main.py"), project.agent("orders"))
                .write("agents/shop/prices.py", "A = 1\n");
        MeshDev meshDev = project.startReady("shop", "orders");
        project.write("agents/shop/prices.py", "A = 2\n");
        meshDev.awaitReloads("shop", 1);
        meshDev.await("Reloading shop: agents/shop/prices.py changed");
        project.assertNoStart("orders", 1);
        assertEquals(2, journal().starts("main").size());
    }

    @Test
    void namesWithSpacesAccentsAndQuotesWorkInTheCLocaleToo() {
        String name = "agents/my \"ägent\" $(x).py";
        project.with(project.agent("odd", name));
        MeshDev meshDev = project.launch("start", name).env("LC_ALL", "C").run();
        meshDev.await("ready on :");
        project.with(project.agent("odd", name).version(2));
        meshDev.await("Reload completed");
        assertEquals(2, journal().starts("odd").size());
        assertEquals("odd 2", TestProject.ask(journal().lastPort("odd")));
    }

    @Test
    void aCheckoutOfManyFilesIsOneReload() {
        project.with(project.agent("orders"));
        project.shell("mkdir lib; for i in $(seq 300); do echo 'A = 1' >lib/m$i.py; done");
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 300"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("cd lib; for i in $(seq 300); do rm m$i.py; echo 'A = 22' >m$i.py; done");
        meshDev.awaitReloads("orders", 1);
        meshDev.await("and 299 more changed");
        project.assertNoStart("orders", 2);
    }

    @Test
    void aFolderThatIsMovedAwayAndBackIsWatchedAgain() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("mv agents ../away");
        meshDev.await("agents is missing");
        project.assertNoStart("orders", 1);
        project.shell("mv ../away agents");
        meshDev.await("is back and watched again");
        project.with(project.agent("orders").version(2));
        Patience.until("the new one runs", () -> journal().lastStart("orders").sha()
                .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
    }

    @Test
    void aConfiguredPortIsGivenAndKept() throws IOException {
        int port = free();
        project.with(project.agent("orders"))
                .write(".meshwatch", TestProject.RULES + "agents: {orders: {port: " + port + ", health: /health}}\n");
        MeshDev meshDev = project.startReady("orders");
        meshDev.await("orders ready on :" + port);
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals(java.util.List.of(port, port), journal().ports("orders"));
    }

    @Test
    void aSymlinkedAgentFolderIsWatchedThroughTheLink() {
        project.with(project.agent("orders", "../real/orders.py"));
        project.shell("ln -s ../real agents");
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders", "../real/orders.py").version(2));
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void theStopSignalOfAnAgentIsItsOwn() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS))
                .write(".meshwatch", TestProject.RULES + "agents: {orders: {stop_signal: INT}}\n");
        MeshDev meshDev = project.startReady("orders");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(java.util.List.of("SIGINT"), journal().signals("orders"));
    }

    @Test
    void anEndlessWriterIsReloadedAtTheCapAndNamed() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("end=$(($(date +%s) + 8)); i=0; while [ $(date +%s) -lt $end ]; do i=$((i+1)); echo \"# $i\" >>\"$1\";"
                + " sleep 0.04; done", project.agent("orders").file().toString());
        meshDev.await("agents/orders.py keeps changing");
        meshDev.awaitReloads("orders", 1);
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha()
                .equals(TestProject.sha(project.agent("orders").file())), meshDev::output);
        assertTrue(journal().starts("orders").size() <= 4, journal()::text);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
