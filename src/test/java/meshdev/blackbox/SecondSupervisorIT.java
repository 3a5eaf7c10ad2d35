package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** One agent has one supervisor; one project may have several. */
final class SecondSupervisorIT extends BlackBox {

    @Test
    void aSecondOneOnTheSameAgentStartsNothingAndNamesTheFirst() {
        project.with(project.agent("orders"), project.agent("pricing"));
        MeshDev first = project.launch("start", "agents/orders.py").ready("orders");
        MeshDev second = project.launch("start", "agents/").runToEnd();
        assertEquals(3, second.awaitExit());
        assertTrue(second.text(true).contains("orders is already supervised by another mesh-dev (pid " + first.pid() + ")"),
                second::output);
        assertEquals("", second.text(false));
        assertEquals(0, journal().starts("pricing").size());
        assertEquals(1, journal().starts("orders").size());
    }

    @Test
    void aSecondOneOnAnotherAgentOfTheProjectWorksBesideIt() {
        project.with(project.agent("orders"), project.agent("pricing"));
        project.launch("start", "agents/orders.py").ready("orders");
        MeshDev second = project.launch("start", "agents/pricing.py").ready("pricing");
        project.with(project.agent("pricing").version(2));
        second.awaitReloads("pricing", 1);
        assertEquals(1, journal().ports("orders").stream().distinct().count());
    }

    @Test
    void theSameProjectThroughALinkIsTheSame() {
        project.with(project.agent("orders"));
        project.startReady("orders");
        project.shell("ln -s shop ../alias");
        MeshDev second = project.launch("start", "agents/").in(project.outside("alias")).runToEnd();
        assertEquals(3, second.awaitExit());
    }

    @Test
    void theSameAgentStartedFromAnotherFolderIsTheSame() {
        project.with(project.agent("orders")).shell("rm .meshwatch");
        MeshDev first = project.startReady("orders");
        MeshDev second = project.launch("start", "shop/agents/orders.py").in(project.outside(".")).runToEnd();
        assertEquals(3, second.awaitExit(), second::output);
        assertTrue(second.text(true).contains("pid " + first.pid()), second::output);
    }

    @Test
    void anAgentIsFreeAgainWhenItsSupervisorHasEnded() {
        project.with(project.agent("orders"));
        MeshDev first = project.startReady("orders");
        first.signal("TERM");
        assertEquals(143, first.awaitExit());
        project.startReady("orders");
        assertEquals(2, journal().starts("orders").size());
    }
}
