package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import meshdev.blackbox.MeshDev;
import meshdev.blackbox.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** mesh-dev ends, asked or killed, and takes its agents and its registry along. */
final class MeshDevEndsIT extends RealMesh {
    /** The agents' grace and the registry's, and a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAMeshDevThatIsKilledAndTheNextOneHasTheSameRows(RegistryKind kind) {
        MeshDev killed = startShop(kind);
        List<String> before = rows();
        killed.signal("KILL");
        Patience.until("nothing runs", LIMIT, () -> ours().isEmpty(), () -> ours() + "\n" + killed.output());
        Patience.until("the registry's port is free", () -> Ports.isFree(registryPort), killed::output);
        MeshDev next = ready(launch("agents/"), "provider", "consumer");
        awaitAnswer(next, "get_offer", answer(1));
        assertEquals(before, rows(), next::output);
    }

    @ParameterizedTest
    @EnumSource
    void aMeshDevThatIsToldToEndLeavesNothingNotEvenItsRegistry(RegistryKind kind) {
        MeshDev meshDev = startShop(kind);
        meshDev.signal("TERM");
        assertEquals(143, meshDev.awaitExit(), meshDev::output);
        assertEquals(List.of(), ours());
        Patience.until("the registry's port is free", () -> Ports.isFree(registryPort), meshDev::output);
    }
}
