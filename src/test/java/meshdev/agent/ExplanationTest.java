package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.Origin;
import meshdev.config.Sourced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    private static final Path ROOT = Path.of("/shop");
    private static final Path TAX = ROOT.resolve("lib/tax.py");
    private final Agent orders = TestProject.agent("orders", ROOT.resolve("agents/orders.py"), Optional.empty());
    private final Agent web = TestProject.agent("web", ROOT.resolve("web/main.py"), Optional.of(ROOT.resolve("web")));
    private final ReloadPlanner planner = new ReloadPlanner(ROOT, Map.of("orders", this::isPrices), ImportKnowledge.NONE);

    private boolean isPrices(Path file) {
        return file.startsWith(ROOT.resolve("prices"));
    }

    private Optional<Sourced<String>> glob(Agent agent, Path file) {
        return isPrices(file) ? Optional.of(new Sourced<>("prices/**", Origin.at(".meshwatch", 7, 3))) : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "agents/orders.py | orders: its own file",
        "web/main.py      | web: its own file",
        "web/deep/x.py    | web: in its folder",
        "prices/eu.csv    | orders: watched by \"prices/**\" (.meshwatch:7:3)",
        "config/app.yaml  | orders: no agent claims it, all reload; web: no agent claims it, all reload"})
    void everyAgentThatIsReloadedHasItsReason(String file, String expected) {
        List<String> reasons = Explanation.of(ROOT.resolve(file), List.of(orders, web), planner, this::glob, (changed, agent) -> List.of())
                .stream().map(one -> one.agent().name() + ": " + one.reason() + String.join("", one.chain())).toList();
        assertEquals(expected, String.join("; ", reasons));
    }

    @Test
    void theImportsThatLeadToTheFileAreShownPerAgent() {
        ImportChain chains = (file, agent) -> agent == orders ? List.of("agents/orders.py:3", "lib/rates.py:1") : List.of();
        List<Explanation> all = Explanation.of(TAX, List.of(orders, web), planner, this::glob, chains);
        assertEquals(List.of("agents/orders.py:3", "lib/rates.py:1"), all.get(0).chain());
        assertEquals(List.of(), all.get(1).chain());
    }
}
