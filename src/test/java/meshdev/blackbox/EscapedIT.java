package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grandchildren that left their agent's process group are found and end with it. */
final class EscapedIT extends BlackBox {

    @ParameterizedTest
    @ValueSource(strings = {JournalAgent.OWN_SESSION, JournalAgent.DOUBLE_FORK})
    void aGrandchildInASessionOfItsOwnEndsWithItsIncarnation(String escape) {
        project.with(project.agent("orders").early(escape));
        MeshDev meshDev = project.startReady("orders");
        Proc escaped = escaped("orders");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertFalse(escaped.isAlive());
        assertEquals(2, journal().starts("orders").size());
        assertEquals(0, meshDev.count("killed"), meshDev::output);
    }

    @Test
    void oneThatIgnoresTermIsKilledWhenTheGraceIsOver() {
        project.with(project.agent("orders").early(JournalAgent.IGNORE_TERM_IN_CHILD));
        MeshDev meshDev = project.launch("start", "agents/", "--stop-timeout", "600ms").ready("orders");
        Proc escaped = escaped("orders");
        project.with(project.agent("orders").version(2));
        meshDev.await("orders did not stop in 600 ms, killed");
        meshDev.awaitReloads("orders", 1);
        assertFalse(escaped.isAlive());
    }

    @Test
    void oneThatTookThePortWithItGivesItBack() {
        project.with(project.agent("orders").early(JournalAgent.OWN_SESSION.replace("time.sleep(3600)",
                "s = socket.create_server(('127.0.0.1', 0)); note('ESCAPED_PORT', NAME, s.getsockname()[1]); time.sleep(3600)")));
        MeshDev meshDev = project.startReady("orders");
        Patience.until("the escaped one listens", () -> journal().facts("ESCAPED_PORT", "orders").size() == 1, meshDev::output);
        String port = journal().facts("ESCAPED_PORT", "orders").get(0).get(0);
        project.with(project.agent("orders").version(2).early("socket.create_server(('127.0.0.1', " + port + ")).close()"));
        meshDev.awaitReloads("orders", 1);
        assertEquals(2, journal().starts("orders").size(), "at first try");
    }

    @Test
    void anAgentThatCrashesTakesWhatItLeftWithIt() {
        project.with(project.agent("orders").early(JournalAgent.DOUBLE_FORK).late("time.sleep(0.3); os._exit(7)"));
        MeshDev meshDev = project.startReady("orders");
        Proc escaped = escaped("orders");
        meshDev.await("orders ended, but not what it had started; ending that too: pid " + escaped.pid() + " (");
        meshDev.await("orders ended unasked (exit code 7)");
        assertFalse(escaped.isAlive());
    }

    @Test
    void quittingLeavesNothingOfThemAndWaitsForNothingElse() {
        project.with(project.agent("orders").early(JournalAgent.DOUBLE_FORK), project.agent("pricing").early(JournalAgent.OWN_SESSION));
        MeshDev meshDev = project.startReady("orders", "pricing");
        Proc one = escaped("orders");
        Proc other = escaped("pricing");
        meshDev.signal("INT");
        assertEquals(130, meshDev.awaitExit());
        assertFalse(one.isAlive() || other.isAlive());
    }

    @Test
    void thoseOfOtherAgentsAreLeftAlone() {
        project.with(project.agent("orders").early(JournalAgent.DOUBLE_FORK), project.agent("pricing").early(JournalAgent.DOUBLE_FORK));
        MeshDev meshDev = project.startReady("orders", "pricing");
        Proc others = escaped("pricing");
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(others.isAlive());
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void whatWasStartedWithoutTheVariableInASessionOfItsOwnStays() {
        project.with(project.agent("orders").early("""
                if os.fork() == 0:
                    note("ESCAPED", NAME, os.getpid())
                    os.execvp("env", ["env", "-u", "MESH_DEV_AGENT", "setsid", "sleep", "3600"])"""));
        MeshDev meshDev = project.startReady("orders");
        Proc staying = escaped("orders");
        Patience.until("it has become what it is", () -> staying.commandLine().equals("sleep 3600"), staying::commandLine);
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(staying.isAlive());
        MeshDev.signal("KILL", staying.pid());
        Patience.until("nothing is left", () -> !staying.isAlive(), meshDev::output);
    }

    private Proc escaped(String agent) {
        Patience.until("an escaped child", () -> !journal().facts("ESCAPED", agent).isEmpty(), journal()::text);
        return new Proc(Long.parseLong(journal().facts("ESCAPED", agent).get(0).get(0)));
    }
}
