package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code depends_on} orders the first start, and nothing else. */
final class DependsOnIT extends BlackBox {
    /** Becomes ready only when the test says so. */
    private static final String WHEN_ALLOWED = "while not os.path.exists('allowed'): time.sleep(0.02)";

    private void agents(String entries, JournalAgent... agents) {
        project.write(".meshwatch", TestProject.RULES + "agents: {" + entries + "}\n").with(agents);
    }

    private List<String> journalled(String fact) {
        return journal().text().lines().map(line -> line.split(" ")).filter(words -> words[0].equals(fact))
                .map(words -> words[1]).toList();
    }

    @Test
    void agentsStartInTheOrderOfReadiness() {
        agents("billing: {depends_on: orders}, orders: {depends_on: [pricing, stock]}", project.agent("billing"),
                project.agent("orders"), project.agent("pricing").early(WHEN_ALLOWED), project.agent("stock"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("mesh-dev | billing waits for orders");
        meshDev.await("mesh-dev | orders waits for pricing and stock");
        meshDev.await("stock ready on :");
        project.assertNoStart("orders", 0);
        project.write("allowed", "");
        meshDev.await("billing ready on :");
        assertEquals(List.of("orders", "billing"), journalled("START").subList(2, 4), journal()::text);
        String text = journal().text();
        assertTrue(text.indexOf("READY pricing") < text.indexOf("START orders"), text);
        assertTrue(text.indexOf("READY orders") < text.indexOf("START billing"), text);
        assertEquals(1, meshDev.count("orders waits for"), meshDev::output);
        assertEquals(0, meshDev.count("(depends_on)"), meshDev::output);
    }

    @Test
    void aTrippedDependencyIsNotWaitedFor() {
        agents("orders: {depends_on: pricing}", project.agent("orders"), project.agent("pricing").early("sys.exit(3)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("pricing: waiting for a change");
        meshDev.await("orders is started although pricing failed to start (depends_on)");
        meshDev.await("orders ready on :");
        assertEquals(1, meshDev.count("(depends_on)"), meshDev::output);
    }

    /** The only way to see the limit is to wait for it: a minute, beside the other tests. */
    @Test
    void aDependencyThatIsNeverReadyIsWaitedForAMinute() {
        agents("orders: {depends_on: pricing}, pricing: {health: /health}", project.agent("orders"),
                project.agent("pricing").early(WHEN_ALLOWED));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders waits for pricing");
        Patience.until("orders was started all the same", Duration.ofSeconds(80), () -> meshDev.count("orders ready on :") == 1,
                meshDev::output);
        meshDev.await("orders is started although pricing is not ready after 60 s (depends_on)");
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void aReloadOrCrashOfOneNeverTouchesTheOther() {
        JournalAgent pricing = project.agent("pricing");
        agents("orders: {depends_on: pricing}", project.agent("orders"), pricing);
        MeshDev meshDev = project.startReady("orders", "pricing");
        project.with(pricing.version(2));
        meshDev.awaitReloads("pricing", 1);
        MeshDev.signal("KILL", journal().lastStart("pricing").pid());
        project.with(project.agent("orders").version(2)); // its dependency is down, which holds no reload
        meshDev.awaitReloads("orders", 1);
        meshDev.await("pricing ended unasked");
        Patience.until("pricing is back", () -> journal().ports("pricing").size() == 3, meshDev::output);
        project.assertNoStart("orders", 2);
        assertEquals(1, meshDev.count("waits for"), meshDev::output);
    }

    @Test
    void aSaveWhileItWaitsIsWhatItStartsWith() {
        JournalAgent orders = project.agent("orders");
        agents("orders: {depends_on: pricing}", orders, project.agent("pricing").early(WHEN_ALLOWED));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("File watching enabled.");
        journal().awaitStarts("pricing", 1);
        project.with(orders.version(2));
        project.assertNoStart("orders", 0);
        project.write("allowed", "");
        journal().awaitReady("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        project.assertNoStart("orders", 1);
    }

    @Test
    void ctrlCWhileOneWaitsEndsAtOnceAndNeverStartsIt() {
        agents("orders: {depends_on: pricing}", project.agent("orders"), project.agent("pricing").early(WHEN_ALLOWED));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders waits for pricing");
        journal().awaitStarts("pricing", 1);
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit(), meshDev::output);
        assertEquals(List.of(), journal().starts("orders"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "orders: {depends_on: pricing}, pricing: {depends_on: [orders]} | .meshwatch:5:31: depends_on: orders -> pricing -> orders is a cycle",
        "orders: {depends_on: orders} | .meshwatch:5:31: depends_on: orders -> orders is a cycle",
        "orders: {depends_on: pircing} | .meshwatch:5:31: depends_on of orders: no agent is named pircing; did you mean \"pricing\"?"})
    void wrongNamesAndCyclesStartNothing(String entries, String message) {
        agents(entries, project.agent("orders"), project.agent("pricing"));
        for (String command : List.of("start", "debug watches")) {
            MeshDev meshDev = project.launch(command.split(" ")).runToEnd();
            assertEquals(2, meshDev.awaitExit(), meshDev::output);
            assertTrue(meshDev.text(true).contains("mesh-dev: " + message), meshDev::output);
        }
        assertEquals("", journal().text());
    }

    @Test
    void whoIsNotPartOfAStartIsNotWaitedFor() {
        agents("orders: {depends_on: [pricing, stock]}, stock: {command: [python3, stock.py]}", project.agent("orders"),
                project.agent("pricing"));
        MeshDev meshDev = project.launch("start", "agents/orders.py").ready("orders");
        meshDev.await(".meshwatch:5:32: orders depends on pricing, which is not part of this start; it is not waited for");
        meshDev.await(".meshwatch:5:41: orders depends on stock, which is not part of this start; it is not waited for");
        assertEquals(0, meshDev.count("waits for"), meshDev::output);
    }
}
