package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where events do not work, files are watched all the same, and users are told how and why. */
final class WatchModeIT extends BlackBox {
    /** Its interval grows with the time that a scan takes, and scans are slow on a busy machine. */
    private static final Duration SAFETY_SCAN = Duration.ofSeconds(60);
    private JournalAgent agent;

    private JournalAgent makeProject() {
        agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent).shell("for i in $(seq 30); do mkdir -p lib/d$i; echo >lib/d$i/x.py; done");
        return agent;
    }

    private void assertASaveReloads(MeshDev meshDev) {
        long before = meshDev.reloads("orders");
        project.shell("echo '# saved' >>agents/orders.py");
        meshDev.awaitReloads("orders", (int) before + 1);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha());
    }

    @Test
    void tooFewWatchesMeanPollingWithTheNumberNeededAndTheCommand() {
        makeProject();
        MeshDev meshDev = project.launch("start", "agents/").limited("max_inotify_watches", 20).ready("orders");
        String line = meshDev.await("Watch mode: polling every 1000 ms").text();
        assertTrue(line.contains("needs 33 inotify watches") && line.contains("may have 20 ")
                && line.contains("sudo sysctl -w fs.inotify.max_user_watches="), line);
        assertTrue(project.log().contains("Watch mode: polling"), project::log);
        assertASaveReloads(meshDev);
        assertEquals(0, new Proc(meshDev.pid()).watches());
        assertEquals(1, meshDev.count("Watch mode"));
    }

    @Test
    void noInotifyInstanceMeansPollingWithTheCommand() {
        makeProject();
        MeshDev meshDev = project.launch("start", "agents/").limited("max_inotify_instances", 0).ready("orders");
        String line = meshDev.await("Watch mode: polling every 1000 ms").text();
        assertTrue(line.contains("sudo sysctl -w fs.inotify.max_user_instances="), line);
        assertASaveReloads(meshDev);
    }

    @Test
    void watchesThatRunOutWhileFoldersAreMadeMeanPollingFromThen() {
        makeProject();
        MeshDev meshDev = project.launch("start", "agents/").limited("max_inotify_watches", 40).ready("orders");
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        assertASaveReloads(meshDev);
        assertEquals(0, meshDev.count("Watch mode"));
        project.shell("for i in $(seq 30); do mkdir -p lib/more$i; done");
        meshDev.await("Watch mode: polling every 1000 ms");
        assertASaveReloads(meshDev);
        project.shell("echo >lib/more30/x.py");
        meshDev.awaitReloads("orders", 3);
    }

    /** A change of a mapped file makes no event, as a change on another machine of a network folder. */
    @Test
    void whereChangesComeWithoutEventsPollingTakesOver() {
        makeProject();
        project.write("lib/mapped.py", "x = 0\n");
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_LOG_LEVEL", "debug").ready("orders");
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        for (int change = 1; change <= 3; change++) {
            project.shell("python3 -c 'import mmap,os; f=os.open(\"lib/mapped.py\",os.O_RDWR); m=mmap.mmap(f,0);"
                    + " m[4:5]=b\"" + change + "\"; m.close()'");
            int times = change;
            Patience.until("the safety scan", SAFETY_SCAN, () -> meshDev.reloads("orders") >= times, meshDev::output);
            Patience.until("it is noticed", () -> times < 3
                    ? project.log().split("no event told", -1).length > times
                    : meshDev.count("Watch mode: polling every 1000 ms (changes come without events here") == 1, project::log);
        }
        assertASaveReloads(meshDev);
        assertEquals(1, meshDev.count("Watch mode"));
    }

    @Test
    void aFileBehindALinkIsSeenWithoutEventsAndThatIsNoFaultOfTheirs() {
        makeProject();
        TestProject.write(project.outside("tax.py"), "x = 0\n");
        project.shell("mkdir config; ln -s \"$1\" config/tax.yaml", project.outside("tax.py").toString());
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_LOG_LEVEL", "debug").ready("orders");
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        TestProject.write(project.outside("tax.py"), "x = 1\n");
        Patience.until("the safety scan", SAFETY_SCAN, () -> meshDev.reloads("orders") == 1, meshDev::output);
        Patience.staysFor("events are trusted", Duration.ofSeconds(4), () -> !project.log().contains("no event told"), project::log);
    }

    /** A stopped process reads no events, and the kernel throws away what is too many. */
    @Test
    void lostEventsAreOneReload() {
        makeProject();
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 500"));
        MeshDev meshDev = project.startReady("orders");
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        meshDev.signal("STOP");
        project.shell("python3 -c \"for i in range(20000): open('lib/d%d/x.py' % (i % 30 + 1), 'w').write('x = %d' % i)\";"
                + " mkdir lib/unheard; echo '# last' >>agents/orders.py");
        meshDev.signal("CONT");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha());
        project.shell("echo 1 >lib/unheard/x.py");
        meshDev.awaitReloads("orders", 2);
    }

    @Test
    void whoAsksForPollingGetsItWithoutAnyWatch() {
        makeProject();
        MeshDev meshDev = project.launch("start", "--poll=300ms", "agents/").ready("orders");
        Patience.until("the mode is logged", () -> project.log().contains("watch mode: polling every 300 ms (asked for by --poll"),
                project::log);
        assertEquals(0, new Proc(meshDev.pid()).watches());
        assertEquals(0, new Proc(meshDev.pid()).descriptors().stream().filter(one -> one.contains("inotify")).count());
        assertASaveReloads(meshDev);
    }

    @Test
    void theListingSaysHowAndWhy() {
        makeProject();
        assertMode(project.launch("debug", "watches"), "native (events of the operating system, and a safety scan)");
        assertMode(project.launch("debug", "watches").limited("max_inotify_watches", 20), "polling (User limit of inotify watches reached");
        assertMode(project.launch("debug", "watches").limited("max_inotify_instances", 0), "sudo sysctl -w fs.inotify.max_user_instances");
        assertMode(project.launch("debug", "watches", "--no-reload"), "off (hot reload is off: --no-reload");
        assertMode(project.launch("debug", "watches").env("MCP_MESH_ENABLE_HOT_RELOAD", "false"),
                "off (hot reload is off: MCP_MESH_ENABLE_HOT_RELOAD");
        MeshDev json = project.launch("debug", "watches", "--json", "--no-reload").runToEnd();
        assertTrue(json.text(false).replaceAll("\\s", "").contains("\"mode\":{\"kind\":\"off\","), json::output);
    }

    private static void assertMode(Launch launch, String mode) {
        MeshDev meshDev = launch.runToEnd();
        assertTrue(meshDev.text(false).lines().anyMatch(line -> line.contains("watch mode: ") && line.contains(mode)), meshDev::output);
    }
}
