package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import meshdev.config.ConfigException;
import org.junit.jupiter.api.Test;

class AgentNamesTest {
    private final AgentNames names = new AgentNames(new Surroundings(Map.of(), Path.of("/shop"), Path.of("/shop"), Path.of("/lib")));

    @Test
    void aNameIsMadeOfSmallLettersDigitsAndSingleDashes() {
        String[][] table = {
            {"orders", "orders"},
            {"Order_Agent 2", "order-agent-2"},
            {"--rf--", "rf"},
            {"$(rm -rf x)", "rm-rf-x"},
            {"a\nb\u001b[31m", "a-b-31m"},
            {"caf\u00e9", "cafe"},
            {"cafe\u0301", "cafe"},
            {"\u6ce8\u6587", ""},
            {"___", ""},
            {"x".repeat(255), "x".repeat(63)},
            {"x".repeat(62) + "-y", "x".repeat(62) + "y"}};
        for (String[] row : table) {
            assertEquals(row[1], AgentNames.slug(row[0]), row[0]);
        }
    }

    @Test
    void theDecoratorBeatsTheFile() {
        assertEquals("the-orders", names.of(candidate("/shop/agents/o.py", "", "@mesh.agent(name='The Orders')")));
    }

    @Test
    void fileNamesThatSayNothingGiveWayToTheFolder() {
        String[][] table = {
            {"/shop/agents/orders.py", "", "orders"},
            {"/shop/agents/run.orders.sh", "", "run-orders"},
            {"/shop/agents/orders/main.py", "", "orders"},
            {"/shop/agents/orders/__main__.py", "", "orders"},
            {"/shop/agents/orders/index.ts", "", "orders"},
            {"/shop/agents/orders/src/index.ts", "", "orders"},
            {"/shop/agents/orders/src/index.ts", "/shop/agents/orders", "orders"},
            {"/shop/agents/orders/app-1.0.jar", "/shop/agents/orders", "orders"},
            {"/shop/agents/orders/pom.xml", "/shop/agents/orders", "orders"}};
        for (String[] row : table) {
            assertEquals(row[2], names.of(candidate(row[0], row[1], "")), row[0]);
        }
    }

    @Test
    void aNameOfNothingIsRefusedWithTheRemedy() {
        String message = refusal(candidate("/shop/agents/+.py", "", ""));
        assertTrue(message.startsWith("agents/+.py: "), message);
        assertTrue(message.contains("under agents: in .meshwatch"), message);
        assertTrue(refusal(candidate("/main.py", "", "")).contains("no letter a-z"), "a root folder has no name");
    }

    @Test
    void theReservedNameIsRefused() {
        assertTrue(refusal(candidate("/shop/mesh_dev.py", "", "")).contains("cannot be named mesh-dev"));
    }

    private String refusal(Candidate candidate) {
        return assertThrows(ConfigException.class, () -> names.of(candidate)).getMessage();
    }

    private static Candidate candidate(String file, String folder, String source) {
        Optional<Path> claimed = folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
        return new Candidate(Path.of(file), claimed, Agent.Kind.PYTHON, PythonSource.of(source));
    }
}
