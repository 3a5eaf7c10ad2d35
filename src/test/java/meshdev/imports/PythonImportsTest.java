package meshdev.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PythonImportsTest {
    private final Tree tree = new Tree().agent("a", "");

    private Tree given(String... names) {
        for (String name : names) {
            tree.file(name);
        }
        return tree;
    }

    private void imports(String statements, String expected) {
        tree.file("agents/a.py", statements.split("; "));
        assertEquals(expected, tree.files(), statements);
    }

    @Test
    void everyFormOfImportLeadsToItsFiles() {
        given("lib/__init__.py", "lib/tax.py", "lib/deep/__init__.py", "lib/deep/x.py", "lib/deep/y.py", "one.py",
                "agents/two.py");
        String[][] table = {
            {"import one", "one.py"},
            {"import two", "agents/two.py"},
            {"import lib", "lib/__init__.py"},
            {"import lib.tax", "lib/__init__.py lib/tax.py"},
            {"import lib.deep.x", "lib/__init__.py lib/deep/__init__.py lib/deep/x.py"},
            {"from lib import tax", "lib/__init__.py lib/tax.py"},
            {"from lib import RATE", "lib/__init__.py"},
            {"from lib import tax, deep", "lib/__init__.py lib/deep/__init__.py lib/tax.py"},
            {"from lib.deep import x, y", "lib/__init__.py lib/deep/__init__.py lib/deep/x.py lib/deep/y.py"},
            {"from lib.tax import rate", "lib/__init__.py lib/tax.py"},
            {"from lib import *", "lib/__init__.py"},
            {"prefix lib.deep", "lib/__init__.py lib/deep/__init__.py lib/deep/x.py lib/deep/y.py"},
            {"prefix lib", "lib/__init__.py lib/deep/__init__.py lib/deep/x.py lib/deep/y.py lib/tax.py"},
            {"import os; import lib.none; from none import x; from one import y; import one.z", "lib/__init__.py one.py"}};
        for (String[] row : table) {
            imports(row[0], row[1]);
        }
    }

    @Test
    void relativeImportsStartAtTheFilesFolder() {
        given("lib/__init__.py", "lib/b.py", "lib/deep/__init__.py", "lib/deep/c.py", "lib/deep/d.py");
        String[][] table = {
            {"from . import c", "lib/deep/c.py"}, {"from .d import x", "lib/deep/d.py"}, {"from .. import b", "lib/b.py"},
            {"from ..b import x", "lib/b.py"}, {"from ...lib.b import x", "lib/b.py"}, {"from ..deep.c import x",
                    "lib/deep/c.py"},
            {"prefix .", "lib/deep/c.py lib/deep/d.py"}, {"from ......... import x", ""}};
        tree.file("agents/a.py", "import lib.deep.m");
        for (String[] row : table) {
            tree.file("lib/deep/m.py", row[0]);
            String expected = "lib/__init__.py lib/deep/__init__.py lib/deep/m.py " + row[1];
            assertEquals(new TreeSet<>(List.of(expected.split(" "))),
                    new TreeSet<>(List.of(tree.files().split(" "))), row[0]);
        }
    }

    @Test
    void aRelativeImportNeedsThePackagesAroundIt() {
        given("lib/__init__.py", "lib/deep/__init__.py", "lib/deep/x.py");
        tree.program(new Program("a", Program.Language.PYTHON, List.of(Tree.ROOT.resolve("lib/deep/main.py")), List.of(),
                Map.of()));
        tree.file("lib/deep/main.py", "from .x import y");
        assertEquals("lib/__init__.py lib/deep/__init__.py lib/deep/main.py lib/deep/x.py", tree.files());
    }

    @Test
    void aStarTakesTheSubmodulesThatAreExported() {
        given("lib/a.py", "lib/b.py", "lib/deep/c.py");
        tree.file("lib/__init__.py", "all a, NAME");
        imports("import lib", "lib/__init__.py");
        imports("from lib import *", "lib/__init__.py lib/a.py");
        imports("import lib; import other; from lib import *", "lib/__init__.py lib/a.py");
        tree.file("lib/__init__.py", "all *");
        imports("from lib import *", "lib/__init__.py lib/a.py lib/b.py lib/deep/c.py");
    }

    @Test
    void aStarInAnotherFileCountsForAPackageThatWasWalkedBefore() {
        given("lib/a.py");
        tree.file("lib/__init__.py", "all a").file("other.py", "import third").file("third.py", "from lib import *");
        imports("import lib; import other", "lib/__init__.py lib/a.py other.py third.py");
    }

    @Test
    void theFirstFolderWinsAndInItThePackage() {
        given("agents/x.py", "x.py", "y.py", "y/__init__.py", "z/__init__.py", "agents/z.py");
        imports("import x; import y; import z", "agents/x.py agents/z.py y/__init__.py");
    }

    @Test
    void foldersWithoutInitAreOneNamespaceUnlessThereIsAModule() {
        given("agents/ns/one.py", "ns/two.py", "agents/mod/x.py", "mod.py", "mod/y.py");
        imports("import ns.one; from ns import two", "agents/ns/one.py ns/two.py");
        imports("import mod.x; import mod.y", "mod.py");
        given("ns/__init__.py");
        imports("import ns.one; from ns import two", "ns/__init__.py ns/two.py");
    }

    @Test
    void aCompiledModuleHidesOthersBehindIt() {
        given("agents/fast.cpython-311-x86_64-linux-gnu.so", "fast.py");
        imports("import fast", "");
    }

    @Test
    void whatAFileAddsToThePathCounts() {
        given("vendor/x.py", "vendor/y.py", "x.py", "more/z.py", "vendor/q.py");
        imports("back /p/vendor; import x; import y", "vendor/y.py x.py");
        imports("front /p/vendor; import x; import y", "vendor/x.py vendor/y.py x.py");
        tree.file("helper.py", "front /p/vendor").file("vendor/y.py", "back /p/more");
        imports("import helper; import y; import z", "helper.py more/z.py vendor/y.py");
    }

    @Test
    void anEditableInstallationIsFoundWhereItLives() {
        given("elsewhere/pkg/__init__.py", "elsewhere/pkg/m.py", "elsewhere/single.py", "pkg/stray.txt");
        tree.program(new Program("a", Program.Language.PYTHON, List.of(Tree.ROOT.resolve("agents/a.py")), List.of(Tree.ROOT),
                Map.of("pkg", Path.of("/p/elsewhere/pkg"), "single", Path.of("/p/elsewhere/single.py"))));
        imports("import pkg.m; import single", "elsewhere/pkg/__init__.py elsewhere/pkg/m.py elsewhere/single.py");
    }

    @Test
    void filesThatAreNotFollowedEndTheWalk() {
        tree.files.put(Path.of("/usr/lib/thing.py"), "import one");
        given("one.py");
        tree.program(new Program("a", Program.Language.PYTHON, List.of(Tree.ROOT.resolve("agents/a.py")),
                List.of(Path.of("/usr/lib"), Tree.ROOT), Map.of()));
        imports("import thing", "");
        assertEquals(false, tree.read.contains(Path.of("/usr/lib/thing.py")));
    }
}
