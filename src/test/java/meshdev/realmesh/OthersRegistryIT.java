package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meshdev.blackbox.MeshDev;
import meshdev.blackbox.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A registry that is there already is used, and left as it was. */
final class OthersRegistryIT extends RealMesh {

    @Test
    void aRegistryThatSomebodyElseStartedIsUsedAndNeverStopped() throws IOException {
        Process registry = startRegistry();
        try {
            RegistryKind.REAL.putInto(project);
            writeShop();
            MeshDev meshDev = ready(launch("agents/"), "provider", "consumer");
            awaitAnswer(meshDev, "get_offer", answer(1));
            assertEquals(List.of(), registryPrograms());
            writeProvider(2);
            awaitReload(meshDev, "provider", 1);
            awaitAnswer(meshDev, "get_offer", answer(2));
            assertEquals(2, rows().size(), () -> rows().toString());
            meshDev.signal("TERM");
            meshDev.awaitExit();
            assertTrue(registry.isAlive());
            assertEquals(2, meshctl.list().size());
        } finally {
            registry.destroy();
        }
    }

    /** Not through mesh-dev, and without the variable that its own processes are known by. */
    private Process startRegistry() throws IOException {
        Path folder = Files.createDirectories(project.outside("registry"));
        ProcessBuilder builder = new ProcessBuilder(Parts.registry().toString(), "--host", "127.0.0.1", "--port",
                Integer.toString(registryPort)).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().put("DATABASE_URL", folder.resolve("registry.db").toString());
        Process registry = builder.start();
        try (HealthWatch watch = new HealthWatch(registryUrl)) {
            Patience.until("the registry is healthy", watch::isUp, () -> folder.resolve("log").toString());
        }
        return registry;
    }

    @ParameterizedTest
    @EnumSource
    void theRegistryOfAnotherMeshDevIsUsedAndLeftToIt(RegistryKind kind) {
        kind.putInto(project);
        writeShop();
        MeshDev owner = ready(launch("agents/provider.py"), "provider");
        MeshDev guest = ready(launch("agents/consumer.py"), "consumer");
        awaitAnswer(guest, "get_offer", answer(1));
        assertRegistryIs(kind);
        guest.signal("TERM");
        assertEquals(143, guest.awaitExit(), guest::output);
        awaitAnswer(owner, "get_stock", "stock 1");
    }
}
