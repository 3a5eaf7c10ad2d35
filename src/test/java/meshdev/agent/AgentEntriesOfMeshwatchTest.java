package meshdev.agent;

import static meshdev.agent.TestProject.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import meshdev.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentEntriesOfMeshwatchTest {
    @TempDir
    Path root;
    private TestProject project;

    @BeforeEach
    void prepare() throws IOException {
        project = new TestProject(root);
        project.agent("agents/orders.py");
        project.agent("agents/pricing.py");
    }

    @Test
    void anEntryAdjustsTheAgentOfItsName() {
        project.entry("orders").port(9001).add();
        Agent agent = project.find().agents().get(0);
        assertEquals(OptionalInt.of(9001), agent.port());
        assertEquals(Map.of("A", "1"), agent.env());
        assertEquals(Optional.of("/health"), agent.health());
        assertEquals("config/*.yaml", agent.watch().get(0).value());
        assertEquals(Optional.of("INT"), agent.stopSignal());
        assertEquals(Optional.of(Duration.ofSeconds(4)), agent.stopTimeout());
        assertEquals(Map.of(), project.find().agents().get(1).env());
    }

    @Test
    void anEntryWithThePathOfAnAgentRenamesIt() {
        project.agent("agents/+.py");
        project.file("agents/shop/main.py", "");
        project.entry("plus").path("agents/+.py").add();
        project.entry("store").path("./agents/shop").add();
        project.entry("costs").path("agents/pricing.py").add();
        assertEquals(List.of("plus", "orders", "costs", "store"), names(project.find()));
    }

    @Test
    void twoEntriesWithOnePathAreTwoAgents() {
        project.entry("one").path("agents/orders.py").port(1).add();
        project.entry("two").path("agents/orders.py").port(2).add();
        assertEquals(List.of("one", "pricing", "two"), names(project.find()));
    }

    @Test
    void anEntryWithAnotherPathAddsAnAgent() {
        project.file("agents/lib/tool.py", "x = 1");
        project.file("other/x.py", "");
        project.entry("tool").path("agents/lib/tool.py").add();
        project.entry("x").path("other/x.py").add();
        assertEquals(List.of("orders", "pricing", "tool", "x"), names(project.find()));
        assertEquals(List.of("orders", "pricing", "tool"), names(project.find("agents")));
        assertEquals(List.of("orders"), names(project.find("agents/orders.py")));
        assertEquals(List.of(), project.find("agents/orders.py").warnings());
    }

    @Test
    void anAddedFileIsNotListedAsSkipped() {
        project.file("agents/tool.py", "x = 1");
        project.entry("tool").path("agents/tool.py").add();
        assertEquals("not skipped", project.reason(project.find(), "agents/tool.py"));
    }

    @Test
    void anEntryWithTheNameOfAnotherAgentIsADuplicate() {
        project.file("other.py", "");
        project.entry("orders").path("other.py").add();
        String message = refusal();
        assertTrue(message.contains("agents/orders.py") && message.contains("other.py"), message);
    }

    @Test
    void aCommandReplacesTheInterpreter() throws IOException {
        project.script("bin/serve", "#!/bin/sh\n");
        project.entry("orders").command("./bin/serve", "--fast").add();
        Agent agent = project.find("agents/orders.py").agents().get(0);
        assertEquals(List.of(root + "/bin/serve", "--fast"), agent.command());
        assertEquals(0, project.interpretersAsked);
    }

    @Test
    void aNotebookOrAFileOfNoKindIsStartedByACommand() {
        project.file("agents/book.ipynb", "{}");
        project.file("agents/data.txt", "");
        project.entry("book").path("agents/book.ipynb").command("node", "x").add();
        project.entry("data").path("agents/data.txt").command("node").add();
        assertEquals(List.of("orders", "pricing", "book", "data"), names(project.find()));
    }

    @Test
    void aFolderWithoutEntryPointNeedsACommand() throws IOException {
        project.folder("agents/web");
        project.entry("web").path("agents/web").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: agents/web has no entry point"), refusal());
        project.entry("web").path("agents/web").command("node", "server").add();
        Agent agent = project.find().agents().get(2);
        assertEquals(Optional.of(root.resolve("agents/web")), agent.folder());
        assertEquals(root.resolve("agents/web"), agent.workingDirectory());
    }

    @Test
    void aCommandAloneIsAnAgentWhenNoArgumentsAreGiven() {
        project.file("server.py", "");
        project.entry("web").command("node", "server.py").add();
        project.entry("mvn").command("mvn", "x").add();
        List<Agent> agents = project.find().agents();
        assertEquals(root.resolve("server.py"), agents.get(2).file());
        assertEquals(root, agents.get(2).workingDirectory());
        assertEquals(root.resolve("path/mvn"), agents.get(3).file());
        assertEquals(List.of("orders", "pricing"), names(project.find("agents")));
    }

    @Test
    void aWorkingDirectoryIsTakenFromTheProjectRootAndMustExist() throws IOException {
        project.folder("work");
        project.entry("orders").cwd("work").add();
        Surroundings elsewhere = new Surroundings(project.environment, root.resolve("agents"), root, Path.of("/lib"));
        Discovery found = project.find(elsewhere, "orders.py");
        assertEquals(root.resolve("work"), found.agents().get(0).workingDirectory());
        project.entry("orders").cwd("nowhere").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: cwd nowhere: no such folder"), refusal());
    }

    @Test
    void wrongEntriesAreRefusedWithTheirPlace() throws IOException {
        project.entry("x").path("nowhere.py").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: path nowhere.py: no such file or folder"), refusal());
        project.entry("x").path("a\0b").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: path a\\x00b: no such"), refusal());
        project.file("notes.txt", "");
        project.entry("x").path("notes.txt").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: mesh-dev does not know how to start notes.txt"), refusal());
        project.entry("x").path("agents/orders.py").command("no-such-program").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: command: no-such-program is not on PATH"), refusal());
        project.entry("x").path("agents/orders.py").command("./notes.txt").add();
        assertTrue(refusal().startsWith(".meshwatch:7:3: command: notes.txt is not executable"), refusal());
    }

    @Test
    void aStrangerAmongTheEntriesIsWarnedAbout() {
        project.entry("ordres").port(1).add();
        project.entry("something").port(1).add();
        List<String> warnings = project.find().warnings();
        assertEquals(".meshwatch:7:3: agents: no agent is named ordres and the entry has neither path nor command; "
                + "did you mean \"orders\"?", warnings.get(0));
        assertTrue(warnings.get(1).endsWith("the agents found are orders, pricing"), warnings.get(1));
        assertEquals(List.of(), project.find("agents/pricing.py").warnings());
    }

    @Test
    void linksAreNotResolved() throws IOException {
        Files.createSymbolicLink(root.resolve("linked"), root.resolve("agents"));
        assertEquals(root.resolve("linked/orders.py"), project.find("linked").agents().get(0).file());
    }

    private String refusal() {
        return assertThrows(ConfigException.class, () -> project.find()).getMessage();
    }
}
