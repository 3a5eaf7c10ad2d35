package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
    @Test
    void onlyHealthyAgentsAreCountedAndWhatTheyMiss() {
        RegistryView view = new RegistryView(new Standing(Standing.Kind.EMBEDDED, "http://localhost:8000", Instant.EPOCH),
                List.of(row("a-1", "healthy", 3, 1), row("b-1", "healthy", 1, 1), row("c-1", "unhealthy", 5, 0)));
        assertEquals(2, view.healthy());
        assertEquals(2, view.unresolved());
    }

    private static RegistryRow row(String id, String status, int dependencies, int resolved) {
        return new RegistryRow(id, "x", status, "http://127.0.0.1:1", "t", dependencies, resolved);
    }
}
