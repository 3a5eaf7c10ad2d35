package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meshdev.blackbox.MeshDev;
import meshdev.blackbox.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Agents in folders, made with the SDK for Java. It makes a new id at each start, so the agent's row changes with each
 * reload; what counts is that there is one that is healthy.
 */
final class JavaAgentIT extends RealMesh {
    private final int port = Ports.free();

    private String rules() {
        return """
                include: ["agents/**/*.jar", "agents/**/*.java"]
                reload_delay: 100
                agents: {tax: {path: agents/tax, port: %d}}
                """.formatted(port);
    }

    @ParameterizedTest
    @EnumSource
    void aFolderWithAJarIsAnAgentOfTheMeshBeforeAndAfterAReload(RegistryKind kind) throws IOException {
        kind.putInto(project);
        Path jar = project.file("agents/tax/tax.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(Parts.taxJar(), jar);
        MeshDev meshDev = start();
        project.shell("touch agents/tax/tax.jar");
        awaitReload(meshDev, "tax", 1);
        awaitAnswer(meshDev, "taxRate", "rate 1");
        awaitOneRow(meshDev);
    }

    @ParameterizedTest
    @EnumSource
    void aFolderWithAPomIsRunByMavenAndASaveOfItsSourceIsAnsweredByTheNewCode(RegistryKind kind) throws IOException {
        kind.putInto(project);
        project.shell("mkdir -p agents && cp -r \"$1\" agents/tax", Parts.taxFolder().toString());
        MeshDev meshDev = start();
        Path source = project.file("agents/tax/src/main/java/realmesh/TaxAgent.java");
        project.write("agents/tax/src/main/java/realmesh/TaxAgent.java", Files.readString(source).replace("rate 1", "rate 2"));
        awaitReload(meshDev, "tax", 1);
        awaitAnswer(meshDev, "taxRate", "rate 2");
        awaitOneRow(meshDev);
    }

    private MeshDev start() {
        project.write(".meshwatch", rules());
        MeshDev meshDev = ready(launch("agents/"), "tax");
        awaitAnswer(meshDev, "taxRate", "rate 1");
        return meshDev;
    }

    private void awaitOneRow(MeshDev meshDev) {
        Patience.until("one healthy row", () -> endpoints().size() == 1, () -> meshctl.list() + "\n" + meshDev.output());
        assertEquals(List.of("127.0.0.1:" + port), endpoints());
    }

    private List<String> endpoints() {
        return meshctl.list().stream().filter(Meshctl.Row::isHealthy).map(Meshctl.Row::endpoint).toList();
    }
}
