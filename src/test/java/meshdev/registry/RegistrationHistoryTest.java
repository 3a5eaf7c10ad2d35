package meshdev.registry;

import static meshdev.registry.RegistrationHistory.FIRST_LIMIT;
import static meshdev.registry.RegistrationHistory.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is waited for, and for how long. */
class RegistrationHistoryTest {
    private static final Registrant ORDERS = new Registrant("orders-0a1b2c3d", "orders", 9001);

    private final RegistrationHistory history = new RegistrationHistory();

    @Test
    void whoRegisteredOnceIsWaitedForLonger() {
        assertEquals(FIRST_LIMIT, history.limit("orders"));
        history.registered("orders");
        assertEquals(LIMIT, history.limit("orders"));
        assertEquals(FIRST_LIMIT, history.limit("pricing"));
    }

    @Test
    void whoDidNotRegisterIsSilentUntilItDoes() {
        assertFalse(history.isSilent(ORDERS, List.of()));
        history.missed(ORDERS, List.of());
        assertTrue(history.isSilent(ORDERS, List.of()));
        assertEquals(Optional.of(FIRST_LIMIT), history.waitedInVain("orders"));
        history.registered("orders");
        assertFalse(history.isSilent(ORDERS, List.of()));
        assertEquals(Optional.empty(), history.waitedInVain("orders"));
    }

    @Test
    void aRowThatAppearedOrWasWrittenLaterIsAsGood() {
        history.missed(ORDERS, List.of());
        assertFalse(history.isSilent(ORDERS, List.of(row("orders-0a1b2c3d", "t1"))));
        assertEquals(LIMIT, history.limit("orders"));
        history.missed(ORDERS, List.of(row("orders-0a1b2c3d", "t1")));
        assertTrue(history.isSilent(ORDERS, List.of(row("orders-0a1b2c3d", "t1"))), "left from an earlier run");
        assertFalse(history.isSilent(ORDERS, List.of(row("orders-0a1b2c3d", "t2"))));
    }

    @Test
    void anotherProjectsAgentOfThatNameSaysNothing() {
        history.missed(ORDERS, List.of());
        assertTrue(history.isSilent(ORDERS, List.of(row("orders-ffffffff", "t1"))));
    }

    private static RegistryRow row(String id, String lastSeen) {
        return new RegistryRow(id, "orders", "healthy", "http://127.0.0.1:9001", lastSeen, 0, 0);
    }
}
