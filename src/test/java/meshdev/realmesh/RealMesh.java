package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meshdev.blackbox.BlackBox;
import meshdev.blackbox.Launch;
import meshdev.blackbox.MeshDev;
import meshdev.blackbox.Patience;
import meshdev.blackbox.Proc;
import org.junit.jupiter.api.Timeout;

/**
 * A test with real agents: a provider of two tools and a consumer of both, whose only tool answers {@code stock N, price N}
 * with N the provider's version. Each test has a registry port and agents' ports of its own.
 */
@Timeout(600)
abstract class RealMesh extends BlackBox {
    /** The imports of the SDK alone take seconds where others work, too. */
    static final Duration STARTED = Duration.ofSeconds(120);

    private static final String RULES = """
            include: ["agents/**/*.py"]
            reload_delay: 100
            """;

    final int registryPort = Ports.free();
    final String registryUrl = "http://127.0.0.1:" + registryPort;
    final Meshctl meshctl = new Meshctl(registryUrl);
    final int providerPort = Ports.free();
    private final int consumerPort = Ports.free();
    private final int clockPort = Ports.free();

    /** Writes the rules, the provider in its first version, and the consumer. */
    final void writeShop() {
        project.write(".meshwatch", RULES);
        writeProvider(1);
        project.write("agents/consumer.py", Parts.agent("consumer").replace("@PORT@", Integer.toString(consumerPort)));
    }

    final void writeProvider(int version) {
        project.write("agents/provider.py", provider(version));
    }

    final String provider(int version) {
        return Parts.agent("provider").replace("@PORT@", Integer.toString(providerPort))
                .replace("@VERSION@", Integer.toString(version));
    }

    /** An agent outside the mesh, light and quickly there. */
    final void writeClock() {
        project.write("agents/clock.py", Parts.agent("clock").replace("@PORT@", Integer.toString(clockPort)));
    }

    static String answer(int version) {
        return "stock " + version + ", price " + version;
    }

    /** mesh-dev with this test's registry URL; not started yet. */
    final Launch launch(String... agents) {
        String[] arguments = Stream.concat(Stream.of("start", "--python", Parts.python().toString()), Stream.of(agents))
                .toArray(String[]::new);
        return project.launch(arguments).registry(registryPort).env("PATH", pathWithoutRegistry())
                .env("FASTMCP_ENABLE_RICH_TRACEBACKS", "false"); // drawing one keeps a consumer busy for half a second
    }

    /** A program that happens to be installed must not replace the embedded registry. */
    private static String pathWithoutRegistry() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .filter(folder -> !Files.exists(Path.of(folder, "mcp-mesh-registry")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts provider and consumer with a registry of this kind, and waits until the consumer has its provider. */
    final MeshDev startShop(RegistryKind kind, String... options) {
        kind.putInto(project);
        writeShop();
        MeshDev meshDev = ready(launch(Stream.concat(Stream.of(options), Stream.of("agents/")).toArray(String[]::new)), "provider", "consumer");
        awaitAnswer(meshDev, "get_offer", answer(1));
        assertRegistryIs(kind);
        return meshDev;
    }

    /** Runs it and waits until these agents are ready and files are watched. */
    static MeshDev ready(Launch launch, String... agents) {
        MeshDev meshDev = launch.run();
        for (String agent : agents) {
            await(meshDev, "| " + agent + " ready on :", 1);
        }
        await(meshDev, "File watching enabled.", 1);
        return meshDev;
    }

    /** Waits until the agent has been reloaded so many times; returns the last line that says so. */
    static MeshDev.Line awaitReload(MeshDev meshDev, String agent, int times) {
        return await(meshDev, "| Reload completed: " + agent + " in ", times);
    }

    private static MeshDev.Line await(MeshDev meshDev, String text, int times) {
        Patience.until(times + " x \"" + text + "\"", STARTED, () -> meshDev.count(text) >= times || !meshDev.isAlive(),
                meshDev::output);
        return meshDev.await(text, times);
    }

    /** Waits until the tool answers this. */
    final void awaitAnswer(MeshDev meshDev, String tool, String answer) {
        Patience.until(tool + " answers " + answer, STARTED,
                () -> meshctl.call(tool).answer().filter(answer::equals).isPresent(),
                () -> meshctl.call(tool).said() + "\n" + meshctl.list() + "\n" + meshDev.output());
    }

    final void awaitHealthy(Duration limit, List<String> identities, MeshDev meshDev) {
        Patience.until("healthy: " + identities, limit, () -> healthy().equals(identities),
                () -> meshctl.list() + "\n" + meshDev.output());
    }

    /** {@code id at endpoint}, of the rows that callers are sent to. */
    final List<String> healthy() {
        return meshctl.list().stream().filter(Meshctl.Row::isHealthy).map(RealMesh::identity).sorted().toList();
    }

    /** The same of all rows, ghosts among them. */
    final List<String> rows() {
        return meshctl.list().stream().map(RealMesh::identity).sorted().toList();
    }

    private static String identity(Meshctl.Row row) {
        return row.id() + " at " + row.endpoint();
    }

    final void assertRegistryIs(RegistryKind kind) {
        assertEquals(kind == RegistryKind.REAL ? 1 : 0, registryPrograms().size(), () -> "registry programs of a mesh with "
                + kind + ": " + registryPrograms());
    }

    /** The registries that a mesh-dev of this project has started. */
    final List<Proc> registryPrograms() {
        return ours().stream().filter(one -> one.commandLine().contains("mcp-mesh-registry")).toList();
    }

    /** Every process that a mesh-dev of this project has started, and itself. */
    final List<Proc> ours() {
        return Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream().filter(Proc::isAlive).toList();
    }

    static void assertAtMost(Duration limit, Duration time, String what) {
        if (time.compareTo(limit) > 0) {
            throw new AssertionError(what + ": " + time.toMillis() + " ms, more than " + limit.toMillis());
        }
    }
}
