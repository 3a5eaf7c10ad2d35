package meshdev.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosureTest {
    private final Tree tree = new Tree().agent("a", "");

    private static Path path(String name) {
        return Tree.ROOT.resolve(name);
    }

    @Test
    void theShortestChainExplainsAFile() {
        tree.file("agents/a.py", "import x", "import z").file("x.py", "import y").file("y.py", "import w").file("z.py",
                "import w")
                .file("w.py");
        assertEquals(List.of(path("agents/a.py"), path("z.py"), path("w.py")), tree.closure("a").chain(path("w.py")));
        assertEquals(List.of(path("agents/a.py")), tree.closure("a").chain(path("agents/a.py")));
        assertEquals(List.of(), tree.closure("a").chain(path("none.py")));
    }

    @Test
    void cyclesEndAndDeepChainsDoNotOverflow() {
        tree.file("agents/a.py", "import m0");
        for (int i = 0; i < 5000; i++) {
            tree.files.put(path("m" + i + ".py"), "import m" + (i + 1) % 5000 + "\nimport a");
        }
        assertEquals(5001, tree.closure("a").files().size());
        assertEquals(5001, tree.closure("a").chain(path("m4999.py")).size());
    }

    @Test
    void aFileThatIsEditedIsTheOnlyOneThatIsRead() {
        tree.file("agents/a.py", "import x").file("x.py", "import y").file("y.py").file("agents/b.py", "import y").agent("b", "");
        tree.update();
        assertEquals(4, tree.read.size());
        tree.read.clear();
        tree.file("x.py", "import y", "text");
        Closure before = tree.update().get("b");
        assertEquals(List.of(path("x.py")), tree.read);
        assertTrue(before == tree.update().get("b"));
        tree.file("x.py", "import z").file("z.py");
        assertEquals("x.py z.py", tree.files());
        assertTrue(before == tree.update().get("b"));
    }

    @Test
    void aFileThatIsImportedAgainIsReadOnlyWhenItChanged() {
        tree.file("agents/a.py", "import x").file("x.py").update();
        leaveAndLetGo();
        tree.read.clear();
        tree.file("agents/a.py", "import x").update();
        assertEquals(List.of(path("agents/a.py")), tree.read);
        leaveAndLetGo();
        tree.files.put(path("x.py"), "import y");
        tree.file("agents/a.py", "import x").file("y.py");
        assertEquals("x.py y.py", tree.files());
    }

    private void leaveAndLetGo() {
        tree.file("agents/a.py").file("agents/b.py").agent("b").update();
        tree.programs.remove("b");
        tree.update();
    }

    @Test
    void aFileThatIsCreatedWhereANameWasLookedForIsWanted() {
        tree.file("agents/a.py", "import x", "import lib.tax", "from lib import late", "import none.deep", "prefix plug")
                .file("x.py").file("lib/__init__.py").file("lib/tax.py").file("plug/one.py");
        Closure closure = tree.closure("a");
        for (String wanted : List.of("agents/x.py", "agents/x/__init__.py", "x/__init__.py", "lib/late.py",
                "lib/late/__init__.py",
                "lib/tax/__init__.py", "none.py", "none/deep.py", "none/other.py", "plug/new.py", "plug/far/new.py", "x.py")) {
            assertEquals(Optional.of(path("agents/a.py")), closure.wants(path(wanted)), wanted);
        }
        for (String other : List.of("y.py", "lib/other.py", "agents/b.py", "other/lib/tax.py", "lib/tax/x.py")) {
            assertEquals(Optional.empty(), closure.wants(path(other)), other);
        }
    }

    @Test
    void whatIsCreatedIsImportedAndShadows() {
        tree.file("agents/a.py", "import x", "import late", "import ns.m").file("x.py").update();
        tree.file("agents/x.py");
        assertEquals("agents/x.py", tree.files());
        tree.file("late.py", "import y").file("y.py").file("ns/m.py");
        assertEquals("agents/x.py late.py ns/m.py y.py", tree.files());
        tree.delete("agents/x.py").delete("ns/m.py");
        assertEquals("late.py x.py y.py", tree.files());
        assertTrue(tree.closure("a").wants(path("ns/m.py")).isPresent());
    }

    @Test
    void aFileThatCameUnannouncedBesideAnotherIsFound() {
        tree.file("agents/a.py", "import x", "import y").update();
        tree.file("x.py");
        tree.files.put(path("y.py"), "");
        assertEquals("x.py y.py", tree.files());
    }

    @Test
    void computedImportsWidenThatAgentAlone() {
        tree.file("agents/a.py", "import plugins").file("plugins.py", "", "computed name").file("agents/b.py").agent("b", "");
        assertEquals(Optional.of(new Closure.Doubt(path("plugins.py"), 2, "import_module(name)")), tree.closure("a").doubt());
        assertEquals(Optional.empty(), tree.closure("b").doubt());
        tree.file("plugins.py", "import x");
        assertEquals(Optional.empty(), tree.closure("a").doubt());
    }

    @Test
    void aBrokenFileKeepsItsLastGoodFactsAndWithoutAnyWidens() {
        tree.file("agents/a.py", "import x").file("x.py", "import y").file("y.py", "broken");
        assertEquals(Optional.of(new Closure.Doubt(path("y.py"), 0, "")), tree.closure("a").doubt());
        tree.file("y.py").update();
        tree.file("x.py", "broken");
        assertEquals("x.py y.py", tree.files());
        assertEquals(Optional.empty(), tree.closure("a").doubt());
        tree.file("x.py", "");
        assertEquals("x.py", tree.files());
    }

    @Test
    void agentsWithOtherPathsShareWhatFilesSay() {
        tree.file("agents/a.py", "import x").file("agents/b.py", "import x").file("x.py").file("lib/x.py");
        tree.agent("b", "lib", "");
        assertEquals("x.py", tree.files());
        assertEquals("agents/b.py lib/x.py", Tree.shown(tree.closure("b").files()));
        assertEquals(4, tree.read.size());
        tree.programs.remove("b");
        assertFalse(tree.update().containsKey("b"));
    }
}
