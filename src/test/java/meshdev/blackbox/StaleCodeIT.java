package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Python trusts a byte-code file when second and size fit; mesh-dev must not. */
final class StaleCodeIT extends BlackBox {

    @Test
    void quickEditsOfTheSameLengthNeverServeOldCode() {
        JournalAgent agent = project.agent("orders").early("from lib import rates").answering("rates.RATE");
        project.with(agent).write("lib/__init__.py", "").write("lib/rates.py", "RATE = 100\n");
        MeshDev meshDev = project.startReady("orders");
        assertEquals("100", TestProject.ask(journal().lastPort("orders")));
        for (int edit = 1; edit <= 10; edit++) {
            String rate = Integer.toString(100 + edit);
            project.write("lib/rates.py", "RATE = " + rate + "\n");
            meshDev.awaitReloads("orders", edit);
            assertEquals(rate, TestProject.ask(journal().lastPort("orders")), "edit " + edit);
        }
        assertEquals(11, journal().starts("orders").size());
    }

    @Test
    void editsFasterThanReloadsEndWithTheLastCode() {
        JournalAgent agent = project.agent("orders").early("from lib import rates").answering("rates.RATE");
        project.with(agent).write("lib/__init__.py", "").write("lib/rates.py", "RATE = 100\n");
        MeshDev meshDev = project.startReady("orders");
        project.shell("for i in 1 2 3 4 5 6 7 8 9; do echo \"RATE = 10$i\" >lib/rates.py; sleep 0.3; done; sleep 0.3; echo 'RATE = 200' >lib/rates.py");
        Patience.until("the last code serves", () -> TestProject.ask(journal().lastPort("orders")).equals("200"), meshDev::output);
        project.assertNoStart("orders", journal().starts("orders").size());
        journal().assertNeverTwoAtOnce("orders");
    }
}
