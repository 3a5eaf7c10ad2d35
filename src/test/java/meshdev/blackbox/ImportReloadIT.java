package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of shared code reloads the agents that import it, however they do, and no others. */
final class ImportReloadIT extends BlackBox {

    private void write(String name, String... imports) {
        project.with(project.agent(name).early(imports.length == 0 ? "pass" : String.join("\n", imports)));
    }

    private MeshDev start() {
        return project.startReady("orders", "pricing");
    }

    private void assertOnlyOrdersReloads(MeshDev meshDev, String reason) {
        assertTrue(meshDev.await("Reloading orders: ").text().endsWith("Reloading orders: " + reason), meshDev::output);
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void aModuleReloadsItsImporterAlone() {
        project.write("lib/tax.py", "RATE = 1\n");
        write("orders", "from lib import tax");
        write("pricing");
        MeshDev meshDev = start();
        project.write("lib/tax.py", "RATE = 2\n");
        assertOnlyOrdersReloads(meshDev, "lib/tax.py changed (imported by orders)");
    }

    @Test
    void whatAModuleImportsCountsTooAndTheReasonNamesTheWay() {
        project.write("lib/rates.py", "RATE = 1\n").write("lib/tax.py", "from . import rates\n").write("lib/__init__.py", "");
        write("orders", "import lib.tax");
        write("pricing");
        MeshDev meshDev = start();
        project.write("lib/rates.py", "RATE = 2\n");
        assertOnlyOrdersReloads(meshDev, "lib/rates.py changed (imported by orders via lib/tax.py)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "def later():\\n    import lib.tax|lib/tax.py",
        "try:\\n    import lib.tax\\nexcept ImportError:\\n    pass|lib/tax.py",
        "import importlib; importlib.import_module('lib.tax')|lib/tax.py",
        "sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib')); import tax|lib/tax.py",
        "import lib.tax|lib/__init__.py",
        "from lib import *|lib/tax.py",
        "import importlib; importlib.import_module('lib.' + 'tax'.lower())|lib/plug/new.py"})
    void everyWayToImportCounts(String code, String changed) {
        project.write("lib/__init__.py", "__all__ = ['tax']\n").write("lib/tax.py", "").write("lib/plug/new.py", "");
        write("orders", code.replace("\\n", "\n"));
        write("pricing");
        MeshDev meshDev = start();
        project.write(changed, "# other\n__all__ = ['tax']\n");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void aModuleThatNobodyImportsReloadsNobodyAndThatIsSaid() {
        project.write("lib/old.py", "");
        write("orders");
        write("pricing");
        MeshDev meshDev = start();
        project.write("lib/old.py", "x = 1\n");
        meshDev.await("Changed, no agent imports it: lib/old.py");
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("Reload"), meshDev::output);
    }

    @Test
    void aComputedImportReloadsThatAgentForAnyModuleAndSaysWhere() {
        project.write("lib/old.py", "");
        write("orders", "name = 'json'", "__import__(name)");
        write("pricing");
        MeshDev meshDev = start();
        project.write("lib/old.py", "x = 1\n");
        assertTrue(meshDev.await("Reloading orders: lib/old.py changed (").text().contains("agents/orders.py:"), meshDev::output);
        meshDev.awaitReloads("orders", 1);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void anImportThatASaveAddsCountsFromThenOn() {
        project.write("lib/tax.py", "");
        write("orders");
        write("pricing");
        MeshDev meshDev = start();
        write("orders", "import lib.tax");
        meshDev.awaitReloads("orders", 1);
        project.write("lib/tax.py", "RATE = 2\n");
        meshDev.awaitReloads("orders", 2);
        write("orders");
        meshDev.awaitReloads("orders", 3);
        project.write("lib/tax.py", "RATE = 3\n");
        meshDev.await("Changed, no agent imports it: lib/tax.py");
        project.assertNoStart("orders", 4);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void aModuleThatIsCreatedWhereAnImportLooksForItReloadsItsImporter() {
        write("orders", "try:", "    import lib.extra", "except ImportError:", "    pass");
        write("pricing");
        project.write("lib/__init__.py", "");
        MeshDev meshDev = start();
        project.write("lib/extra.py", "x = 1\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void aDeletedModuleStillConcernsItsImporter() {
        project.write("lib/tax.py", "");
        write("orders", "try:", "    import lib.tax", "except ImportError:", "    pass");
        write("pricing");
        MeshDev meshDev = start();
        project.shell("rm lib/tax.py");
        assertOnlyOrdersReloads(meshDev, "lib/tax.py deleted (imported by orders)");
    }

    @Test
    void aSaveRightAfterTheStartConcernsItsAgentOnly() {
        project.write("lib/tax.py", "");
        write("orders", "import lib.tax");
        write("pricing");
        MeshDev meshDev = start();
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(1, journal().starts("pricing").size(), meshDev::output);
    }

    @Test
    void theHelperThatReadsImportsIsGoneWhenMeshDevIs() {
        project.write("lib/tax.py", "");
        write("orders", "import lib.tax");
        write("pricing");
        MeshDev meshDev = start();
        project.write("lib/tax.py", "RATE = 2\n");
        meshDev.awaitReloads("orders", 1);
        MeshDev.signal("KILL", meshDev.pid());
        meshDev.awaitExit();
        Patience.until("all are gone", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream()
                .noneMatch(Proc::isAlive), () -> List.of(Proc.withEnvironment("MCP_MESH_HOME=" + project.home())).toString());
    }
}
