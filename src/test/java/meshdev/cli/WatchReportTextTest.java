package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchReportTextTest {
    @Test
    void eachAgentHasALineAndEachStepOfItsImportsOneBelow() {
        Map<String, Object> file = Map.of("path", "lib/tax.py", "verdict", "reload", "reason", "included", "reloads",
                List.of("orders", "web"), "agents", List.of(
                        Map.of("name", "orders", "reason", "imported by orders via lib/rates.py", "chain",
                                List.of("agents/orders.py:3", "lib/rates.py:1")),
                        Map.of("name", "web", "reason", "in its folder", "chain", List.of())));
        assertEquals("""
                lib/tax.py                    reloads orders, web     included
                  orders imported by orders via lib/rates.py
                    agents/orders.py:3
                    lib/rates.py:1
                  web    in its folder
                """, WatchReportText.explained(file));
    }
}
