package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is registered again, and who has to be deleted. */
class RegisteredTest {
    private static final Registrant ORDERS = new Registrant("orders-0a1b2c3d", "orders", 9001);

    @ParameterizedTest
    @CsvSource({
        "orders-0a1b2c3d, healthy,   http://127.0.0.1:9001, t2, true",
        "orders-0a1b2c3d, Healthy,   http://localhost:9001/mcp, t2, true",
        "orders-0a1b2c3d, healthy,   http://[::1]:9001, t2, true",
        "orders-0a1b2c3d, unhealthy, http://127.0.0.1:9001, t2, false",
        "orders-0a1b2c3d, '',        http://127.0.0.1:9001, t2, false",
        "orders-0a1b2c3d, healthy,   http://127.0.0.1:9002, t2, false",
        "orders-0a1b2c3d, healthy,   http://127.0.0.1:90011, t2, false",
        "orders-0a1b2c3d, healthy,   http://[::1], t2, false",
        "orders-0a1b2c3d, healthy,   '', t2, false",
        "orders-0a1b2c3d, healthy,   http://127.0.0.1:9001, t1, false",
        "orders-ffffffff, healthy,   http://127.0.0.1:9001, t2, true",
        "orders-ffffffff, healthy,   http://127.0.0.1:9001, t1, true",
        "orders-ffffffff, healthy,   http://10.0.0.5:9001,  t2, true",
        "orders-fffffff,  healthy,   http://10.0.0.5:9001,  t2, false",
        "orders-fffffffg, healthy,   http://10.0.0.5:9001,  t2, false",
        "orders-v2-ffffffff, healthy, http://10.0.0.5:9001, t2, false",
        "orders,          healthy,   http://10.0.0.5:9001,  t2, false",
        "pricing-0a1b2c3d, healthy,  http://10.0.0.5:9001,  t2, false",
        "pricing-0a1b2c3d, healthy,  http://127.0.0.1:9001, t2, true",
        "pricing-0a1b2c3d, healthy,  http://[::1]:9001,     t2, true",
        "pricing-0a1b2c3d, healthy,  http://127.0.0.1:9002, t2, false",
        "pricing-0a1b2c3d, unhealthy, http://127.0.0.1:9001, t2, false",
        "other-00000000,  healthy,   http://127.0.0.1:9001, t0, false"})
    void anAgentIsRegisteredWhenAHealthyRowOfItsWasWrittenSince(String id, String status, String endpoint, String lastSeen,
            boolean expected) {
        Registered registered = new Registered(ORDERS, List.of(row("orders-0a1b2c3d", "healthy", "http://127.0.0.1:9001", "t1"),
                row("other-00000000", "healthy", "http://127.0.0.1:9001", "t0")));
        RegistryRow row = row(id, status, endpoint, lastSeen);
        assertEquals(expected ? Optional.of(row) : Optional.empty(),
                registered.in(List.of(row("else-00000000", "healthy", "http://127.0.0.1:1", "t9"), row)));
    }

    @Test
    void aRowUnderTheAgentsOwnNameIsPreferred() {
        RegistryRow other = row("pricing-0a1b2c3d", "healthy", "http://127.0.0.1:9001", "t2");
        RegistryRow own = row("orders-ffffffff", "healthy", "http://127.0.0.1:9001", "t2");
        assertEquals(Optional.of(own), new Registered(ORDERS, List.of()).in(List.of(other, own)));
    }

    @Test
    void atTheFirstLaunchAnyRowOfItsIsNews() {
        RegistryRow any = row("orders-0a1b2c3d", "healthy", "http://h:9001", "t1");
        assertEquals(Optional.of(any), new Registered(ORDERS, List.of()).in(List.of(any)));
        assertEquals(Optional.empty(), new Registered(ORDERS, List.of()).in(List.of()));
    }

    @Test
    void severalRowsOfDeadProcessesProveNothing() {
        List<RegistryRow> dead = List.of(row("orders-11111111", "healthy", "http://127.0.0.1:9001", "t1"),
                row("orders-22222222", "healthy", "http://127.0.0.1:9001", "t2"));
        assertEquals(Optional.empty(), new Registered(ORDERS, dead).in(dead));
    }

    @ParameterizedTest
    @CsvSource({
        // the row of the agent that was killed             | no successor, one at the same port
        "orders-0a1b2c3d, healthy,   http://127.0.0.1:9001, true,  false",
        "orders-ffffffff, healthy,   http://127.0.0.1:9001, true,  true",
        "orders-ffffffff, healthy,   http://localhost:9001, true,  true",
        "orders-ffffffff, healthy,   http://[::1]:9001,     true,  true",
        "orders-ffffffff, unhealthy, http://127.0.0.1:9001, false, false",
        "orders-0a1b2c3d, unhealthy, http://127.0.0.1:9001, false, false",
        "orders-ffffffff, healthy,   http://10.0.0.5:9001,  false, false",
        "orders-ffffffff, healthy,   http://127.0.0.1:9002, false, false",
        "pricing-ffffffff, healthy,  http://127.0.0.1:9001, false, false",
        "tax-11111111,    healthy,   http://127.0.0.1:9001, true,  true",
        "tax-11111111,    healthy,   http://10.0.0.5:9001,  false, false"})
    void onlyARowThatNobodyTakesOverIsDeleted(String id, String status, String endpoint, boolean none, boolean same) {
        List<RegistryRow> rows = List.of(row(id, status, endpoint, "t1"));
        Farewell farewell = new Farewell(ORDERS, Optional.of("tax-11111111"));
        List<Boolean> deleted = Stream.of(Farewell.Successor.values())
                .map(successor -> farewell.ids(rows, successor).equals(List.of(id))).toList();
        assertEquals(List.of(none, same), deleted);
    }

    private static RegistryRow row(String id, String status, String endpoint, String lastSeen) {
        return new RegistryRow(id, "orders", status, endpoint, lastSeen, 0, 0);
    }
}
