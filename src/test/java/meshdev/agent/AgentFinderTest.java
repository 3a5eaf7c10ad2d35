package meshdev.agent;

import static meshdev.agent.TestProject.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentFinderTest {
    @TempDir
    Path root;
    private TestProject project;

    @BeforeEach
    void prepare() throws IOException {
        project = new TestProject(root);
    }

    @Test
    void withoutArgumentsTheAgentsFolderIsSearchedElseTheWorkingDirectory() throws IOException {
        project.agent("stray.py");
        assertEquals(List.of("stray"), names(project.find()));
        project.agent("agents/orders.py");
        assertEquals(List.of("orders"), names(project.find()));
    }

    @Test
    void aFolderGivesItsFilesAndSubFoldersByName() {
        project.agent("agents/b.py");
        project.file("agents/c/main.py", "");
        project.agent("agents/a.py");
        Discovery discovery = project.find("agents");
        assertEquals(List.of("a", "b", "c"), names(discovery));
        assertEquals(Optional.of(root.resolve("agents/c")), discovery.agents().get(2).folder());
        assertEquals(root.resolve("agents/c"), discovery.agents().get(2).workingDirectory());
        assertEquals(root, discovery.agents().get(0).workingDirectory());
    }

    @Test
    void whatIsNoAgentIsSkippedWithItsReason() throws IOException {
        project.agent("agents/a.py");
        project.file("agents/lib.py", "x = 1");
        project.agent("agents/test_a.py");
        project.agent("agents/conftest.py");
        project.agent("agents/_private.py");
        project.agent("agents/.hidden.py");
        project.agent("agents/old.py");
        project.file("agents/book.ipynb", "{}");
        project.file("agents/tool.js", "");
        project.folder("agents/empty");
        project.folder("agents/dir.py");
        project.file("agents/two/a.jar", "");
        project.file("agents/two/b.jar", "");
        project.file("agents/gone/main.py", "");
        project.file("agents/.git/main.py", "");
        Files.createSymbolicLink(root.resolve("agents/dangling.py"), Path.of("nowhere.py"));
        project.excluded = path -> path.endsWith("old.py") || path.endsWith("gone");
        Discovery found = project.find();
        assertEquals(List.of("a"), names(found));
        String[][] table = {
            {"lib.py", "no __main__ guard and no use of mesh.agent, mesh_agent or FastMCP"},
            {"test_a.py", "a test"},
            {"conftest.py", "a test"},
            {"_private.py", "its name begins with _"},
            {".hidden.py", "hidden file"},
            {"old.py", "excluded by the watch rules"},
            {"gone", "excluded by the watch rules"},
            {"book.ipynb", "no __main__ guard and no use of mesh.agent, mesh_agent or FastMCP"},
            {"dangling.py", "the link leads nowhere"},
            {".git", "not skipped"}};
        for (String[] row : table) {
            assertEquals(row[1], project.reason(found, "agents/" + row[0]), row[0]);
        }
        assertTrue(project.reason(found, "agents/tool.js").startsWith("not a Python file"));
        for (String folder : List.of("empty", "dir.py", "two")) {
            assertTrue(project.reason(found, "agents/" + folder).startsWith("no entry point"), folder);
        }
    }

    @Test
    void entryPointsOfSubFoldersHaveAnOrder() {
        String[] order = {"app.jar", "pom.xml", "index.js", "index.ts", "src/index.js", "src/index.ts", "__main__.py",
            "main.py"};
        for (String entry : order) {
            project.file("agents/orders/" + entry, "");
            assertEquals(root.resolve("agents/orders/" + entry), project.find().agents().get(0).file());
        }
    }

    @Test
    void aFileArgumentIsAlwaysAnAgent() throws IOException {
        project.file("lib.py", "x = 1");
        project.agent("test_a.py");
        project.script("run.sh", "#!/bin/sh\n");
        project.file("tool.mjs", "");
        project.excluded = path -> true;
        assertEquals(List.of("lib", "test-a", "run", "tool"),
                names(project.find("lib.py", "test_a.py", "run.sh", "tool.mjs")));
    }

    @Test
    void hostileNamesReachTheProgramAsAbsolutePaths() {
        for (String name : List.of("-rf.py", "$(rm x).py", "a b.py", "q'\".py", "new\nline.py")) {
            project.file(name, "");
            Agent agent = project.find(name).agents().get(0);
            assertEquals(List.of("/py", root.resolve(name).toString()), agent.command(), name);
        }
    }

    @Test
    void everyKindHasItsCommand() throws IOException {
        project.script("run", "#!/bin/sh\n");
        for (String name : List.of("a.py", "b.js", "c.ts", "d.jar", "m/pom.xml", "w/pom.xml")) {
            project.file(name, "");
        }
        project.script("w/mvnw", "#!/bin/sh\n");
        String bin = root.resolve("path") + "/";
        List<List<String>> expected = List.of(
                List.of("/py", root + "/a.py"), List.of(bin + "node", root + "/b.js"),
                List.of(bin + "npx", "tsx", root + "/c.ts"), List.of(bin + "java", "-jar", root + "/d.jar"),
                List.of(bin + "mvn", "-q", "spring-boot:run"), List.of(root + "/w/mvnw", "-q", "spring-boot:run"),
                List.of(root + "/run"));
        List<Agent> agents =
                project.find("a.py", "b.js", "c.ts", "d.jar", "m/pom.xml", "w/pom.xml", "run").agents();
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), agents.get(i).command());
        }
        assertEquals(root.resolve("m"), agents.get(4).workingDirectory());
    }

    @Test
    void anInterpreterIsChosenOnceAndOnlyForPython() {
        project.file("a.js", "");
        assertEquals(Optional.empty(), project.find("a.js").interpreter());
        assertEquals(0, project.interpretersAsked);
        project.file("b.py", "");
        project.file("c.py", "");
        assertEquals("py", project.find("b.py", "c.py").interpreter().orElseThrow().label());
        assertEquals(1, project.interpretersAsked);
    }

    @Test
    void aMissingProgramIsNamedWithTheAgentAndTheRemedy() throws IOException {
        project.environment.put("PATH", "");
        for (String[] row : new String[][] {{"a.js", "node", "Node.js"}, {"a.ts", "npx", "Node.js"},
            {"a.jar", "java", "Java"}, {"pom.xml", "mvn", "Maven"}}) {
            project.file(row[0], "");
            String message = refusal(row[0]);
            assertTrue(message.startsWith(row[0] + " needs " + row[1]) && message.contains("install"), message);
            assertTrue(message.contains(row[2]), message);
        }
        project.program("jdk/bin/java");
        project.environment.put("JAVA_HOME", root.resolve("jdk").toString());
        assertEquals(root + "/jdk/bin/java", project.find("a.jar").agents().get(0).command().get(0));
    }

    @Test
    void aScriptWhoseInterpreterIsMissingIsRefused() {
        project.script("run", "#!/no/such\n");
        assertTrue(refusal("run").startsWith("run begins with #!/no/such, which does not exist"));
    }

    @Test
    void aFolderArgumentWithAnEntryPointIsThatAgent() {
        project.file("agents/orders/main.py", "");
        project.agent("agents/orders/tax.py");
        Agent agent = project.find("agents/orders/").agents().get(0);
        assertEquals("orders", agent.name());
        assertEquals(Optional.of(root.resolve("agents/orders")), agent.folder());
        assertEquals(names(project.find("agents")), names(project.find("agents/orders")));
    }

    @Test
    void aFolderWithAnEntryPointAndOtherAgentsIsAFolderOfAgents() {
        project.agent("shop/main.py");
        project.file("shop/orders.py", "@mesh.agent(name='orders')\nclass A: pass");
        project.file("shop/lib.py", "");
        assertEquals(List.of("shop", "orders"), names(project.find("shop")));
        project.file("java/pom.xml", "");
        project.agent("java/a.py");
        assertEquals(List.of("a"), names(project.find("java")));
    }

    @Test
    void whatIsNamedTwiceIsOneAgent() throws IOException {
        project.agent("agents/a.py");
        project.agent("agents/b/main.py");
        assertEquals(List.of("a", "b"), names(project.find("agents/a.py", "agents", "./agents/../agents/a.py", "agents/b")));
    }

    @Test
    void twoAgentsWithOneNameAreRefusedWithBothPaths() {
        project.agent("agents/orders.py");
        project.file("agents/other.py", "@mesh.agent(name='orders')\nclass A: pass");
        String message = refusal("agents");
        assertTrue(message.startsWith("two agents are named orders: agents/orders.py and agents/other.py; "), message);
    }

    @Test
    void whileAgentsRunOneThatWouldHaveTheirNameIsLeftOut() {
        project.agent("agents/Orders.py");
        project.agent("agents/orders.py");
        project.agent("agents/pricing.py");
        project.entry("orders").port(9001).add();
        Discovery found = project.search(Map.of("agents/orders.py", "orders"));
        assertEquals(List.of("orders", "pricing"), names(found));
        assertEquals(root.resolve("agents/orders.py"), found.agents().get(0).file());
        assertEquals(1, found.leftOut().size());
        assertTrue(found.leftOut().get(0).startsWith(
                "agents/Orders.py is not started: two agents are named orders: agents/Orders.py and agents/orders.py; "),
                found.leftOut().toString());
    }

    @Test
    void anAgentThatRunsAndCallsItselfLikeAnotherGoesOnUnderItsName() {
        project.file("agents/orders.py", "@mesh.agent(name='pricing')\nclass A: pass");
        project.agent("agents/pricing.py");
        Discovery found = project.search(Map.of("agents/orders.py", "orders", "agents/pricing.py", "pricing"));
        assertEquals(List.of(root.resolve("agents/pricing.py")), found.agents().stream().map(Agent::file).toList());
        assertTrue(found.leftOut().get(0).startsWith("agents/orders.py goes on as orders: two agents are named pricing: "),
                found.leftOut().toString());
    }

    @Test
    void whileAgentsRunTheFirstOfTwoNewOnesWithOneNameIsTaken() {
        project.agent("agents/Clock.py");
        project.agent("agents/clock.py");
        Discovery found = project.search(Map.of());
        assertEquals(List.of(root.resolve("agents/Clock.py")), found.agents().stream().map(Agent::file).toList());
    }

    @Test
    void whileAgentsRunWhatCannotBeNamedOrStartedIsLeftOut() throws IOException {
        project.agent("agents/日本.py");
        project.agent("agents/pricing.py");
        project.file("agents/web/index.ts", "");
        Files.delete(root.resolve("path/npx"));
        Discovery found = project.search(Map.of());
        assertEquals(List.of("pricing"), names(found));
        assertEquals(2, found.leftOut().size());
        assertTrue(found.leftOut().get(0).contains("no letter a-z or digit is left"), found.leftOut().toString());
        assertTrue(found.leftOut().get(1).startsWith("agents/web is not started: "), found.leftOut().toString());
    }

    @Test
    void alsoWhenAnEntryHasSettingsForIt() throws IOException {
        project.agent("agents/pricing.py");
        project.file("agents/web/index.ts", "");
        project.entry("web").port(9001).add();
        Files.delete(root.resolve("path/npx"));
        Discovery found = project.search(Map.of());
        assertEquals(List.of("pricing"), names(found));
        assertTrue(found.leftOut().get(0).startsWith("agents/web is not started: "), found.leftOut().toString());
    }

    @Test
    void anEntryThatTakesTheNameOfAnAgentThatRunsIsRefused() {
        project.agent("agents/orders.py");
        project.agent("agents/other.py");
        project.entry("orders").path("agents/other.py").add();
        assertThrows(ConfigException.class, () -> project.search(Map.of("agents/orders.py", "orders")));
    }

    @Test
    void missingAndUnknownArgumentsAreRefusedWithARemedy() throws IOException {
        project.file("notes.txt", "");
        Files.createSymbolicLink(root.resolve("link.py"), Path.of("/no/such.py"));
        assertTrue(refusal("agents/x.py").startsWith("agents/x.py: no such file or folder; "));
        assertTrue(refusal("notes.txt").startsWith("notes.txt: mesh-dev does not know how to start this file; "));
        assertTrue(refusal("link.py").startsWith("link.py: is a link to /no/such.py, which does not exist"));
        assertTrue(refusal("a\n\u001b[1m.py").startsWith("a\\n\\x1b[1m.py: no such file"));
        assertTrue(refusal("\uFFFD.py").contains("not valid text"));
        assertTrue(refusal("a\0b").contains("not valid text"));
        assertTrue(refusal("").contains("empty path"));
    }

    @Test
    void noAgentAtAllListsEveryFileWithItsReason() throws IOException {
        project.folder("none");
        assertTrue(refusal("none").startsWith("no agent found in none, it is empty; "));
        project.file("agents/lib.py", "");
        project.file("agents/book.ipynb", "{}");
        String message = refusal();
        assertTrue(message.startsWith("no agent found in agents\n  agents/book.ipynb: no __main__ guard"), message);
        assertTrue(message.contains("\n  agents/lib.py: no __main__ guard"), message);
        for (int i = 0; i < 30; i++) {
            project.file("agents/n" + i + ".txt", "");
        }
        assertTrue(refusal().contains("\n  and 12 more\n"), refusal());
    }

    @Test
    void aNotebookIsFoundByItsCodeCellsAndStartedByTheRunner() {
        project.file("agents/demo.ipynb", notebook("code", "@mesh.agent(name='Prices')"));
        project.file("agents/text.ipynb", notebook("markdown", "@mesh.agent(name='x')"));
        Discovery found = project.find();
        assertEquals(List.of("prices"), names(found));
        assertEquals(List.of("/py", "/lib/notebook.py", root.resolve("agents/demo.ipynb").toString()),
                found.agents().get(0).command());
        assertTrue(project.reason(found, "agents/text.ipynb").startsWith("no __main__ guard"));
    }

    @Test
    void aNotebookNamedOnTheCommandLineIsAnAgentWhateverIsInIt() {
        project.file("book.ipynb", "{}");
        assertEquals(List.of("book"), names(project.find("book.ipynb")));
    }

    private static String notebook(String type, String source) {
        return "{\"cells\": [{\"cell_type\": \"" + type + "\", \"source\": [\"" + source + "\"]}]}";
    }

    @Test
    void aPipeInTheFolderDoesNotBlock() throws Exception {
        project.agent("agents/a.py");
        assertEquals(0, new ProcessBuilder("mkfifo", root.resolve("agents/pipe.py").toString()).start().waitFor());
        assertEquals("not a regular file", project.reason(project.find(), "agents/pipe.py"));
        assertTrue(refusal("agents/pipe.py").contains("not a regular file"));
    }

    @Test
    void aNameThatIsNoUtf8IsRefused() throws Exception {
        project.folder("agents");
        String shell = "printf 'FastMCP(1)' > \"$(printf 'agents/\\377.py')\"";
        int made = new ProcessBuilder("sh", "-c", shell).directory(root.toFile()).start().waitFor();
        assumeTrue(made == 0, "this file system takes such names");
        assertTrue(refusal().contains("not valid UTF-8"), refusal());
    }

    private String refusal(String... arguments) {
        return assertThrows(ConfigException.class, () -> project.find(arguments)).getMessage();
    }
}
