package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that does not compile is told and never launched; what runs serves on. */
final class PrecheckIT extends BlackBox {
    private static final String BROKEN = "def price(:\n    return 1\n";

    @Test
    void aBrokenSaveIsShownWithItsPlaceAndTheRunningAgentServesOnUntilItIsFixed() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        project.write("agents/orders.py", "x = 1\n" + BROKEN);
        meshDev.await("orders is not reloaded, waiting for a fix; the running one serves on: agents/orders.py:2: SyntaxError: ");
        meshDev.await("mesh-dev |     def price(:");
        assertTrue(meshDev.await("^").text().matches("mesh-dev \\| +\\^+"), meshDev::output);
        project.assertNoStart("orders", 1);
        assertEquals("orders 1", TestProject.ask(journal().lastPort("orders")));
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        project.assertNoStart("orders", 2);
    }

    @Test
    void aBrokenModuleHoldsBackItsImportersAndIsShownOnce() {
        project.write("lib/tax.py", "");
        project.with(project.agent("orders").early("import lib.tax"), project.agent("pricing").early("import lib.tax"),
                project.agent("clock"));
        MeshDev meshDev = project.startReady("orders", "pricing", "clock");
        project.write("lib/tax.py", BROKEN);
        meshDev.await("is not reloaded, waiting for a fix; the running one serves on: lib/tax.py:1: SyntaxError");
        meshDev.await("is not reloaded either, waiting for a fix; the running one serves on");
        assertEquals(1, meshDev.count("def price(:"), meshDev::output);
        project.with(project.agent("clock").version(2));
        meshDev.awaitReloads("clock", 1);
        project.write("lib/tax.py", "RATE = 1\n");
        meshDev.awaitReloads("orders", 1);
        meshDev.awaitReloads("pricing", 1);
        project.assertNoStart("orders", 2);
    }

    @Test
    void whatStaysBrokenHoldsBackALaterGoodSave() {
        project.write("lib/tax.py", "");
        project.with(project.agent("orders").early("import lib.tax"));
        MeshDev meshDev = project.startReady("orders");
        project.write("lib/tax.py", BROKEN);
        meshDev.await("waiting for a fix");
        project.with(project.agent("orders").early("import lib.tax").version(2));
        meshDev.await("waiting for a fix", 2);
        project.assertNoStart("orders", 1);
        project.with(project.agent("orders").version(3)).shell("rm lib/tax.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 3", TestProject.ask(journal().lastPort("orders")));
    }

    @Test
    void aBrokenFileThatTheAgentDoesNotImportHoldsNothingBack() {
        project.with(project.agent("orders")).write("lib/old.py", "");
        MeshDev meshDev = project.startReady("orders");
        project.write("lib/old.py", BROKEN).with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertFalse(meshDev.output().contains("waiting for a fix"), meshDev::output);
    }

    @Test
    void withNothingRunningABrokenSaveIsShownAndAwaited() {
        project.with(project.agent("orders").early("sys.exit(3)"));
        project.write(".meshwatch", TestProject.RULES + "startup_attempts: 1\n");
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("waiting for a change");
        project.write("agents/orders.py", BROKEN);
        meshDev.await("orders is not reloaded, waiting for a fix: agents/orders.py:1: SyntaxError");
        project.assertNoStart("orders", 1);
        project.with(project.agent("orders"));
        meshDev.awaitReloads("orders", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"print(\"\\0\")", "\\xff = 1", "# -*- coding: nonsense -*-", "return 1", "if x:\n1"})
    void whatPythonWouldRefuseForOtherReasonsIsRefusedToo(String code) throws java.io.IOException {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        java.nio.file.Files.write(project.file("agents/orders.py"), code.replace("\\0", "\0").replace("\\xff", "\u00ff")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        meshDev.await("orders is not reloaded, waiting for a fix; the running one serves on: agents/orders.py:");
        project.assertNoStart("orders", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"precheck: false", ""})
    void withoutTheCheckBrokenCodeIsLaunched(String setting) {
        project.write(".meshwatch", TestProject.RULES + setting + "\n").with(project.agent("orders"));
        MeshDev meshDev = setting.isEmpty() ? project.launch("start", "--no-precheck", "agents/").ready("orders")
                : project.startReady("orders");
        project.write("agents/orders.py", BROKEN);
        meshDev.await("orders failed to start");
    }
}
