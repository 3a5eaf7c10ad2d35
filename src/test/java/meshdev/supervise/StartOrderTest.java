package meshdev.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.supervise.StartOrder.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartOrderTest {
    private final StartOrder order = new StartOrder();
    private final Map<String, Standing> standings = new HashMap<>();
    private Instant now = Instant.EPOCH;

    private void add(String agent, String... dependsOn) {
        order.add(agent, List.of(dependsOn), now);
    }

    /** Whom a moment releases, as the machines then are; {@code orders!pricing=LATE} is one that starts without. */
    private String release() {
        StringBuilder text = new StringBuilder();
        for (StartOrder.Release one : order.release(now, name -> standings.getOrDefault(name, Standing.STOPPED))) {
            standings.put(one.agent(), Standing.OPEN);
            text.append(text.length() == 0 ? "" : " ").append(one.agent());
            one.without().forEach((name, why) -> text.append('!').append(name).append('=').append(why));
        }
        return text.toString();
    }

    private String after(Duration time) {
        now = now.plus(time);
        return release();
    }

    private String with(String agent, Standing standing) {
        standings.put(agent, standing);
        return release();
    }

    @Test
    void whoDependsOnNobodyIsReleasedAtOnceInTheOrderOfAgents() {
        add("b");
        add("a");
        assertEquals("b a", release());
        assertEquals("", release());
    }

    @Test
    void anAgentIsReleasedOnceAllItDependsOnAreReady() {
        add("orders", "pricing", "stock");
        add("pricing");
        add("stock");
        assertEquals("pricing stock", release());
        assertEquals(Map.of("orders", Set.of("pricing", "stock")), order.newlyHeld());
        assertEquals("", with("stock", Standing.READY));
        assertEquals(Map.of(), order.newlyHeld(), "said once");
        assertEquals("orders", with("pricing", Standing.READY));
        assertEquals("", release());
    }

    @Test
    void aChainStartsOneAfterTheOther() {
        add("a", "b");
        add("b", "c");
        add("c");
        assertEquals("c", release());
        assertEquals("b", with("c", Standing.READY));
        assertEquals("", release());
        assertEquals("a", with("b", Standing.READY));
    }

    @Test
    void havingBeenReadyOnceIsEnough() {
        add("orders", "pricing", "stock");
        add("pricing");
        add("stock");
        release();
        with("pricing", Standing.READY);
        with("pricing", Standing.TRIPPED);
        assertEquals("orders", with("stock", Standing.READY));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIPPED", "STOPPED", "GONE"})
    void whoCannotBecomeReadyIsNotWaitedFor(Standing standing) {
        add("orders", "pricing");
        add("pricing");
        release();
        assertEquals("orders!pricing=" + standing, with("pricing", standing));
    }

    @Test
    void aTrippedDependencyThatIsMendedWhileAnotherIsWaitedForIsNoneAnyMore() {
        add("orders", "pricing", "stock");
        add("pricing");
        add("stock");
        release();
        assertEquals("", with("pricing", Standing.TRIPPED));
        assertEquals("", with("pricing", Standing.READY));
        assertEquals("orders", with("stock", Standing.READY));
    }

    @Test
    void aDependencyThatIsNotReadyIsWaitedForNoLongerThanTheLimit() {
        add("orders", "pricing");
        add("pricing");
        release();
        assertEquals(Optional.of(now.plus(StartOrder.LIMIT)), order.deadline());
        assertEquals("", after(StartOrder.LIMIT.minusMillis(1)));
        assertEquals("orders!pricing=LATE", after(Duration.ofMillis(1)));
        assertEquals(Optional.empty(), order.deadline());
    }

    @Test
    void theLimitBeginsWithTheDependencysOwnLaunch() {
        add("a", "b");
        add("b", "c");
        add("c");
        release();
        assertEquals("b!c=LATE", after(StartOrder.LIMIT));
        assertEquals(Optional.of(now.plus(StartOrder.LIMIT)), order.deadline());
        assertEquals("", after(StartOrder.LIMIT.minusMillis(1)));
        assertEquals("a!b=LATE", after(Duration.ofMillis(1)));
    }

    @Test
    void anAgentAddedLaterFollowsTheSameRuleAndHasTheWholeLimit() {
        add("pricing");
        release();
        after(StartOrder.LIMIT.multipliedBy(3));
        add("orders", "pricing");
        assertEquals("", release());
        assertEquals(Map.of("orders", Set.of("pricing")), order.newlyHeld());
        assertEquals("orders!pricing=LATE", after(StartOrder.LIMIT));
        standings.put("pricing", Standing.READY);
        add("billing", "pricing");
        assertEquals("billing", release());
    }

    @Test
    void theLastOfSeveralLimitsIsTheDeadline() {
        add("orders", "pricing", "stock");
        add("pricing");
        release();
        now = now.plusSeconds(10);
        add("stock");
        release();
        assertEquals(Optional.of(now.plus(StartOrder.LIMIT)), order.deadline());
        assertEquals("", after(StartOrder.LIMIT.minusMillis(1)));
        assertEquals("orders!pricing=LATE!stock=LATE", after(Duration.ofMillis(1)));
    }

    @Test
    void whoIsForgottenIsNeverReleased() {
        add("orders", "pricing");
        add("pricing");
        release();
        order.forget("orders");
        assertEquals("", with("pricing", Standing.READY));
        assertEquals(Map.of(), order.newlyHeld());
    }

    @Test
    void timeThatMeshDevItselfDidNotRunCountsForNoLimit() {
        add("orders", "pricing");
        add("pricing");
        release();
        now = now.plus(StartOrder.LIMIT.multipliedBy(5));
        order.skip(StartOrder.LIMIT.multipliedBy(5));
        assertEquals("", release());
        assertEquals("orders!pricing=LATE", after(StartOrder.LIMIT));
    }
}
