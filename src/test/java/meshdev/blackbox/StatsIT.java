package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import meshdev.config.ShortHash;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code mesh-dev stats} asks the supervisors of a project, whoever started them, and hurts none. */
final class StatsIT extends BlackBox {

    private List<Path> sockets() {
        return socketsIn(socketFolder(project.home()));
    }

    private static List<Path> socketsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sock")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Below the home; where that is too deep for sockets, in the temporary folder. */
    private static Path socketFolder(Path home) {
        Path run = home.resolve("run");
        return run.toString().length() + 25 <= 100 ? run : Path.of("/tmp", "mesh-dev-" + ShortHash.of(run.toString()));
    }

    private Path deepHome() {
        return project.home().resolve("d".repeat(80));
    }

    private void awaitSockets(int number) {
        Patience.until(number + " sockets", () -> sockets().size() == number, () -> sockets() + project.log());
    }

    private MeshDev stats(int code, String... more) {
        String[] line = Stream.concat(Stream.of("stats"), Stream.of(more)).toArray(String[]::new);
        MeshDev stats = project.launch(line).runToEnd();
        assertEquals(code, stats.awaitExit(), stats::output);
        return stats;
    }

    private Map<String, Object> json(String... more) {
        String[] line = Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new);
        return new Yaml().load(stats(0, line).text(false)); // JSON is YAML, and this is not the reader under test
    }

    private static List<Map<?, ?>> maps(Map<?, ?> document, String name) {
        return ((List<?>) document.get(name)).stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList();
    }

    private static List<?> all(Map<?, ?> document, String list, String member) {
        return maps(document, list).stream().map(one -> one.get(member)).toList();
    }

    @Test
    void reloadsAndTheirPhasesAreTold() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev meshDev = project.startReady("orders", "pricing");
        for (int version = 2; version <= 4; version++) {
            project.with(project.agent("orders").version(version));
            meshDev.awaitReloads("orders", version - 1);
        }
        project.write("agents/orders.py", "def broken(:\n");
        meshDev.await("orders is not reloaded");
        awaitSockets(1);
        Map<String, Object> document = json();
        assertEquals(1, document.get("version"));
        assertEquals(List.of("orders", "pricing"), all(document, "agents", "name"));
        Map<?, ?> orders = maps(document, "agents").get(0);
        assertEquals(List.of(3, 1, 0, 0), Stream.of("reloads", "refused", "crashes", "failedStarts").map(orders::get).toList());
        List<?> phases = all(orders, "phases", "name");
        assertTrue(phases.containsAll(List.of("quiet", "check", "stop", "start", "ready", "total")), phases::toString);
        assertTrue(maps(orders, "phases").stream().allMatch(phase -> phase.get("p95Ms") instanceof Number), orders::toString);
        assertEquals(journal().lastStart("orders").pid(), ((Number) orders.get("pid")).longValue());
        assertEquals(4, maps(orders, "incarnations").size());
        assertMemory(document, meshDev);
        String text = stats(0).text(false);
        assertTrue(text.contains("orders: 3 reloads") && text.contains("1 refused") && text.contains("pricing: 0 reloads"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("  quiet +\\d\\d\\d +\\d\\d\\d +\\d\\d\\d")), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertFalse(text.contains("\u001b"), text);
        assertEquals(List.of("pricing"), all(json("pricing"), "agents", "name"));
    }

    private static void assertMemory(Map<String, Object> document, MeshDev meshDev) {
        long agents = 0;
        for (Map<?, ?> agent : maps(document, "agents")) {
            agents += ((Number) agent.get("memoryBytes")).longValue();
        }
        Map<?, ?> supervisor = maps(document, "supervisors").get(0);
        assertEquals(meshDev.pid(), ((Number) supervisor.get("pid")).longValue());
        assertTrue(((Number) supervisor.get("memoryBytes")).longValue() > 20_000_000, supervisor::toString);
        assertEquals(agents, ((Number) supervisor.get("agentsMemoryBytes")).longValue());
        assertTrue(agents > 4_000_000, document::toString);
        assertEquals(0, supervisor.get("standbysMemoryBytes"));
    }

    @Test
    void theMemoryOfAnIncarnationIsMeasured() {
        project.with(project.agent("orders"));
        project.startReady("orders");
        awaitSockets(1);
        Patience.until("a measured incarnation", () -> maps(json(), "agents").get(0).get("incarnations").toString()
                .contains("memoryBytes"), () -> json().toString());
        assertTrue(stats(0).text(false).contains("memory after 10 s"));
    }

    @Test
    void nobodyRunsHere() {
        project.with(project.agent("orders"));
        String said = stats(1).text(true);
        assertEquals("mesh-dev: no mesh-dev runs for the project " + project.root() + "; mesh-dev start begins one\n", said);
    }

    @Test
    void anUnknownAgentIsWrongUsage() {
        project.with(project.agent("orders"));
        project.startReady("orders");
        awaitSockets(1);
        MeshDev stats = stats(2, "order", "--json");
        assertEquals("mesh-dev: no agent is named order here; there is orders\nmesh-dev: did you mean orders?\n",
                stats.text(true));
        assertEquals("", stats.text(false));
    }

    @Test
    void twoSupervisorsAreOne() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev first = project.launch("start", "agents/orders.py").ready("orders");
        MeshDev second = project.launch("start", "agents/pricing.py").ready("pricing");
        awaitSockets(2);
        Map<String, Object> document = json();
        assertEquals(Set.of("orders", "pricing"), Set.copyOf(all(document, "agents", "name")));
        assertEquals(Set.of((int) first.pid(), (int) second.pid()), Set.copyOf(all(document, "supervisors", "pid")));
        stats(0, "orders", "pricing");
        assertTrue(stats(2, "stock").text(true).contains("there are "));
    }

    @Test
    void anotherProjectIsNotAsked() {
        project.with(project.agent("orders")).write("../other/.meshwatch", TestProject.RULES);
        project.startReady("orders");
        awaitSockets(1);
        MeshDev elsewhere = project.launch("stats").in(project.outside("other")).runToEnd();
        assertEquals(1, elsewhere.awaitExit(), elsewhere::output);
        assertEquals("mesh-dev: no mesh-dev runs for the project " + project.outside("other") + ", but for " + project.root()
                + "; ask there\n", elsewhere.text(true));
        MeshDev below = project.launch("stats").in(project.file("agents")).runToEnd();
        assertEquals(0, below.awaitExit(), below::output);
    }

    @Test
    void aKilledOneLeavesASocketThatHurtsNobody() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev killed = project.launch("start", "agents/orders.py").ready("orders");
        awaitSockets(1);
        killed.signal("KILL");
        killed.awaitExit();
        assertEquals(1, sockets().size(), "it could not clear up");
        MeshDev second = project.launch("start", "agents/pricing.py").ready("pricing");
        Patience.until("its own", () -> sockets().toString().contains("-" + second.pid() + ".sock"), () -> sockets().toString());
        assertEquals(1, sockets().size(), "the next one clears up");
        assertEquals(List.of("pricing"), all(json(), "agents", "name"));
        second.signal("KILL");
        second.awaitExit();
        stats(1);
        assertEquals(List.of(), sockets());
    }

    @Test
    void theSocketIsTheUsersOnlyAndGoneAfterTheEnd() throws IOException {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/", "--no-reload").run();
        awaitSockets(1);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(sockets().get(0))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socketFolder(project.home()))));
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit());
        assertEquals(List.of(), sockets());
    }

    @Test
    void aHomeTooDeepForSocketsHasThemInTheTemporaryFolder() throws IOException {
        project.with(project.agent("orders"));
        String home = deepHome().toString();
        Path folder = socketFolder(deepHome());
        project.launch("start", "agents/").env("MCP_MESH_HOME", home).ready("orders");
        Patience.until("a socket", () -> socketsIn(folder).size() == 1, () -> folder.toString());
        MeshDev stats = project.launch("stats").env("MCP_MESH_HOME", home).runToEnd();
        assertEquals(0, stats.awaitExit(), stats::output);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void withoutASocketTheRunGoesOn() throws IOException {
        project.with(project.agent("orders"));
        Path inTheWay = socketFolder(deepHome());
        Files.writeString(inTheWay, "no folder");
        try {
            MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_HOME", deepHome().toString()).ready("orders");
            meshDev.await("mesh-dev stats can't reach this run, which goes on without: no socket in " + inTheWay + ": ");
            project.with(project.agent("orders").version(2));
            meshDev.awaitReloads("orders", 1);
        } finally {
            Files.delete(inTheWay);
        }
    }

    @Test
    void aStoppedOneIsNamedAndTheOthersAnswer() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev first = project.launch("start", "agents/orders.py").ready("orders");
        project.launch("start", "agents/pricing.py").ready("pricing");
        awaitSockets(2);
        first.signal("STOP");
        MeshDev stats = stats(0);
        first.signal("CONT");
        assertEquals("mesh-dev: mesh-dev (pid " + first.pid() + ") does not answer: no answer in time\n", stats.text(true));
        assertTrue(stats.text(false).contains("pricing: 0 reloads"), stats::output);
    }

    @Test
    void theCommandExplainsItself() {
        String help = stats(0, "--help").text(false);
        assertTrue(help.contains("--json") && help.contains("[AGENT...]") && help.contains("slow imports"), help);
        assertTrue(project.launch("--help").runToEnd().text(false).contains("stats"));
    }
}
