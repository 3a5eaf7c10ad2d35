package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have a port. */
class PortClaimsTest {
    @TempDir
    private Path root;
    private TestProject project;

    @BeforeEach
    void prepare() throws IOException {
        project = new TestProject(root);
        project.agent("agents/orders.py");
        project.agent("agents/pricing.py");
        project.entry("orders").port(9001).add();
    }

    @Test
    void twoAgentsThatAreGivenOnePortAreRefusedWithThePlaceOfTheSecond() {
        project.entry("pricing").port(9001).add();
        ConfigException refused = assertThrows(ConfigException.class, () -> check("agents"));
        assertEquals(".meshwatch:7:3: port 9001 of pricing is that of orders, too; an agent cannot share it,"
                + " give one of them another", refused.getMessage());
    }

    @Test
    void differentPortsAndAgentsThatAreNotStartedAreFine() {
        project.entry("pricing").port(9002).add();
        assertDoesNotThrow(() -> check("agents"));
        project.entry("pricing").port(9001).add();
        assertDoesNotThrow(() -> check("agents/pricing.py"));
    }

    @Test
    void oneThatIsKeptFromAnEarlierTextHasAPortThatNoEntrySays() {
        List<Agent> before = project.find("agents/orders.py").agents();
        project.entries.clear();
        project.entry("pricing").port(9001).add();
        List<Agent> agents = new ArrayList<>(project.find("agents/pricing.py").agents());
        agents.addAll(before);
        ConfigException refused = assertThrows(ConfigException.class, () -> PortClaims.check(project.entries, agents));
        assertTrue(refused.getMessage().startsWith(".meshwatch:7:3: port 9001 of pricing is that of orders, too; "), refused.getMessage());
    }

    private void check(String start) {
        PortClaims.check(project.entries, project.find(start).agents());
    }
}
