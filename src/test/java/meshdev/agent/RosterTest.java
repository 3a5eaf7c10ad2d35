package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Agent ORDERS = agent("orders", "agents/orders.py");
    private static final Agent PRICING = agent("pricing", "agents/pricing.py");
    private static final Agent CLOCK = agent("clock", "agents/clock.py");

    private Predicate<Agent> leftOut = agent -> false;
    private BiPredicate<Agent, Agent> moved = (one, other) -> false;
    private BiPredicate<Agent, Agent> renamed = (one, other) -> false;

    private static Agent agent(String name, String file) {
        return new Agent(name, Agent.Kind.PYTHON, Path.of("/p").resolve(file), Optional.empty(), List.of("python3"),
                Path.of("/p"), Map.of(), OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    private Roster after(List<Agent> before, Agent... found) {
        return Roster.after(before, List.of(found), new Roster.Knowledge(leftOut, moved, renamed));
    }

    @Test
    void whoIsFoundAgainStaysWithWhatIsSaidOfItNow() {
        Agent other = agent("orders", "more/orders.py");
        Roster roster = after(List.of(ORDERS, PRICING), PRICING, other);
        assertEquals(List.of(other, PRICING), roster.agents());
        assertTrue(roster.isSettled());
    }

    @Test
    void whoIsNotFoundStaysUnlessAnEditLeavesItOut() {
        assertEquals(List.of(ORDERS, PRICING), after(List.of(ORDERS, PRICING), PRICING).agents());
        leftOut = ORDERS::equals;
        Roster roster = after(List.of(ORDERS, PRICING), PRICING);
        assertEquals(List.of(PRICING), roster.agents());
        assertEquals(Set.of("orders"), roster.leaving());
    }

    @Test
    void whoIsFoundForTheFirstTimeArrives() {
        Roster roster = after(List.of(ORDERS), CLOCK, ORDERS);
        assertEquals(List.of(ORDERS, CLOCK), roster.agents());
        assertEquals(Map.of("clock", Optional.empty()), roster.arriving());
        assertEquals(List.of(ORDERS), roster.without(Set.of("clock")).agents());
    }

    @Test
    void aMovedFileIsTheSameAgentUnderAnotherName() {
        moved = (one, other) -> one.equals(ORDERS) && other.equals(CLOCK);
        Roster roster = after(List.of(ORDERS, PRICING), CLOCK, PRICING);
        assertEquals(List.of(PRICING, CLOCK), roster.agents());
        assertEquals(Map.of("clock", Optional.of("orders")), roster.arriving());
        assertEquals(Set.of("orders"), roster.leaving());
    }

    @Test
    void anotherNameInTheSourceIsNoRenameButOneInTheConfigurationIs() {
        Agent buyer = agent("buyer", "agents/orders.py");
        assertEquals(List.of(ORDERS), after(List.of(ORDERS), buyer).agents());
        assertTrue(after(List.of(ORDERS), buyer).isSettled());
        renamed = (one, other) -> true;
        assertEquals(Map.of("buyer", Optional.of("orders")), after(List.of(ORDERS), buyer).arriving());
    }
}
