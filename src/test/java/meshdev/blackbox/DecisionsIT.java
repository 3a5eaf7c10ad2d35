package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** At the log level DEBUG mesh-dev's own log answers why something happened, or nothing did. */
final class DecisionsIT extends BlackBox {

    private MeshDev start(String level) {
        project.with(project.agent("orders"), project.agent("pricing"));
        project.write("lib/tax.py", "").write("README.md", "");
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_LOG_LEVEL", level).ready("orders", "pricing");
        Patience.until("events are told", () -> project.log().contains("watch mode: native"), project::log);
        return meshDev;
    }

    private long logged(String text) {
        return project.log().lines().filter(line -> line.contains("decisions: " + text)).count();
    }

    private void awaitLogged(String text) {
        Patience.until(text, () -> logged(text) > 0, project::log);
    }

    @Test
    void everyDecisionIsALineInTheLogTheNoesIncluded() {
        MeshDev meshDev = start("DEBUG");
        project.write("agents/notes.c", "");
        awaitLogged("agents/notes.c: reloads nobody; no pattern includes it");
        project.write("lib/test_tax.py", "");
        awaitLogged("lib/test_tax.py: reloads nobody; excluded by \"**/test_*.py\" (.meshwatch:2:");
        project.write("agents/.orders.py.swp", "");
        awaitLogged("agents/.orders.py.swp: reloads nobody; excluded by \"{*,.*}.sw[opx]\" (built-in)");
        project.write("README.md", "x");
        awaitLogged("README.md: reloads nobody; only logged because of \"**/*.md\"");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        awaitLogged("agents/orders.py: reloads orders; included by \"agents/**/*.py\" (.meshwatch:1:");
        assertEquals(0, meshDev.count("reloads nobody"), "the log is the place for it");
        assertEquals(0, meshDev.reloads("pricing"));
    }

    @Test
    void aFileThatIsWrittenAllTheTimeIsALineNowAndThen() {
        start("DEBUG");
        project.shell("for i in $(seq 1 500); do echo $i >>agents/work.log; done");
        awaitLogged("agents/work.log");
        Patience.staysFor("one line", Duration.ofSeconds(2), () -> logged("agents/work.log") == 1, project::log);
    }

    @Test
    void otherLevelsSayNothingOfIt() {
        MeshDev meshDev = start("INFO");
        project.write("agents/notes.c", "");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals(0, logged(""), project::log);
    }
}
