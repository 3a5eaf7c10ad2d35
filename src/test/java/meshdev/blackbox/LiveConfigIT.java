package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of {@code .meshwatch}, {@code .env} and env files while agents run. */
final class LiveConfigIT extends BlackBox {
    private static final String SECRET = "hush-4711";

    private JournalAgent telling(String name, String variable) {
        return project.agent(name).early("note('SAW', NAME, os.environ.get('" + variable + "', '-'))");
    }

    private MeshDev startTwo() {
        project.with(telling("orders", "RATE"), telling("pricing", "RATE"));
        return project.startReady("orders", "pricing");
    }

    private String lastSeen(String agent) {
        var facts = journal().facts("SAW", agent);
        return facts.get(facts.size() - 1).get(0);
    }

    private void agents(String yaml) {
        project.write(".meshwatch", TestProject.RULES + yaml);
    }

    @Test
    void anEditOfOneAgentsEnvironmentRestartsThatAgentAloneAndTellsNoValue() {
        MeshDev meshDev = startTwo();
        agents("agents:\n  orders: {env: {RATE: \"" + SECRET + "\"}}\n");
        meshDev.await(".meshwatch changed: other settings for orders");
        meshDev.await("Reloading orders: .meshwatch changed (RATE)");
        meshDev.awaitReloads("orders", 1);
        assertEquals(SECRET, lastSeen("orders"));
        project.assertNoStart("pricing", 1);
        assertEquals(2, journal().starts("orders").size());
        assertFalse(project.log().contains(SECRET) || meshDev.output().contains(SECRET), project.log());
    }

    @Test
    void aChangedDotEnvRestartsOnlyAgentsThatItReaches() {
        agents("agents:\n  pricing: {env: {RATE: own}}\n");
        project.write(".env", "RATE=1\n");
        MeshDev meshDev = startTwo();
        project.write(".env", "RATE=2\n");
        meshDev.await("Reloading orders: .env changed (RATE)");
        meshDev.awaitReloads("orders", 1);
        assertEquals("2", lastSeen("orders"));
        project.assertNoStart("pricing", 1);
    }

    @Test
    void aFaultyLineOfEnvLeavesTheLastGoodVariablesInForce() {
        project.write(".env", "RATE=1\n");
        project.with(telling("orders", "RATE"));
        MeshDev meshDev = project.startReady("orders");
        project.write(".env", "RATE\n");
        meshDev.await(".env:1: expected NAME=value; mend the line; until then the last good settings stay in force");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals("1", lastSeen("orders"));
        project.write(".env", "RATE=3\n");
        meshDev.awaitReloads("orders", 2);
        assertEquals("3", lastSeen("orders"));
    }

    @Test
    void aFaultyLineOfAnEnvFileKeepsNoNewAgentOut() {
        project.write(".meshwatch", TestProject.RULES + "env_file: project.env\n").write("project.env", "RATE=1\n");
        project.with(telling("orders", "RATE"));
        MeshDev meshDev = project.startReady("orders");
        project.write("project.env", "RATE\n");
        meshDev.await("project.env:1: expected NAME=value; mend the line");
        project.with(telling("pricing", "RATE"));
        journal().awaitReady("pricing", 1);
        assertEquals("1", lastSeen("pricing"));
        project.assertNoStart("orders", 1);
    }

    @Test
    void aDotEnvThatAnIncludeNamesRestartsOnceAndNobodyElse() {
        project.write(".meshwatch", TestProject.RULES.replace("include: [", "include: [\".env\", \"*.yaml\", \".*\", ")
                + "agents:\n  pricing: {env: {RATE: own}}\n");
        project.write(".env", "RATE=1\n");
        MeshDev meshDev = startTwo();
        project.write(".env", "RATE=2\n");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        project.assertNoStart("pricing", 1);
    }

    @Test
    void codeAndConfigurationThatChangeTogetherAreOneRestart() {
        project.write(".env", "RATE=1\n");
        MeshDev meshDev = startTwo();
        for (int i = 2; i <= 6; i++) {
            project.write(".env", "RATE=" + i + "\n");
            project.with(telling("orders", "RATE").version(i), telling("pricing", "RATE").version(i));
            meshDev.awaitReloads("orders", i - 1);
            meshDev.awaitReloads("pricing", i - 1);
            project.assertNoStart("orders", i);
            assertEquals(i + " orders " + i, lastSeen("orders") + " " + TestProject.ask(journal().lastPort("orders")));
        }
    }

    @Test
    void theRegistryOfDotEnvStaysAsItWasAtTheStart() {
        project.write(".env", "MCP_MESH_REGISTRY_URL=http://localhost:9\n");
        project.with(telling("orders", "MCP_MESH_REGISTRY_URL"));
        MeshDev meshDev = project.startReady("orders");
        project.write(".env", "MCP_MESH_REGISTRY_URL=http://localhost:10\nMCP_MESH_DB_PATH=/x\n");
        meshDev.await("the registry: holds from the next start of mesh-dev on");
        project.assertNoStart("orders", 1);
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
        assertEquals("http://localhost:9", lastSeen("orders"));
    }

    @Test
    void anInvalidEditIsSaidOnceAndEverythingGoesOnUntilItIsFixed() {
        MeshDev meshDev = startTwo();
        for (int i = 0; i < 3; i++) {
            project.write(".meshwatch", "include: [agents/**/*.py\nreload_delay: x" + "#".repeat(i) + "\n");
            project.shell("touch agents/orders.py");
            meshDev.awaitReloads("orders", i + 1);
        }
        meshDev.await("the last good settings stay in force");
        assertEquals(1, meshDev.count("the last good settings stay in force"), meshDev::output);
        assertTrue(meshDev.output().contains(".meshwatch:"), meshDev.output());
        project.write("notes/x.md", "");
        agents("agents:\n  orders: {env: {RATE: \"7\"}}\n");
        meshDev.await("Reloading orders: .meshwatch changed (RATE)");
        meshDev.awaitReloads("orders", 4);
        assertEquals("7", lastSeen("orders"));
        assertEquals(1, journal().starts("pricing").size());
    }

    @Test
    void newRulesHoldAtOnceAndNobodyRestarts() {
        MeshDev meshDev = startTwo();
        project.write("conf/a.json", "1");
        project.write(".meshwatch", TestProject.RULES.replace("include: [", "include: [\"conf/*.json\", "));
        meshDev.await(".meshwatch changed: 10 rules");
        project.assertNoStart("orders", 1);
        project.write("conf/a.json", "2");
        meshDev.awaitReloads("orders", 1);
        meshDev.awaitReloads("pricing", 1);
        project.write(".meshwatch", TestProject.RULES.replace("\"lib/**/*.py\", ", ""));
        meshDev.await(".meshwatch changed: 8 rules");
        project.write("conf/a.json", "3");
        project.assertNoStart("orders", 2);
    }

    @Test
    void aSaveBesideAnEditOfTheRulesIsNotLost() {
        MeshDev meshDev = startTwo();
        for (int i = 1; i <= 5; i++) {
            project.write(".meshwatch", TestProject.RULES.replace("include: [", "include: [\"conf" + i + "/*.json\", "));
            project.with(telling("orders", "RATE").version(i + 1));
            meshDev.await(".meshwatch changed: 10 rules", i);
            meshDev.awaitReloads("orders", i);
            assertEquals("orders " + (i + 1), TestProject.ask(journal().lastPort("orders")));
        }
    }

    @Test
    void anotherPolicyHoldsWithoutARestart() {
        MeshDev meshDev = startTwo();
        agents("stop_timeout: 1\nstartup_attempts: 2\nstartup_window: 5\n");
        meshDev.await(".meshwatch changed: stop_timeout, startup_attempts, startup_window");
        project.assertNoStart("orders", 1);
    }

    @Test
    void anEditStartsATrippedAgentAtOnce() {
        project.with(project.agent("orders").early("if os.environ.get('RATE') != 'ok': sys.exit(3)"));
        project.with(project.agent("pricing"));
        agents("startup_attempts: 1\n");
        MeshDev meshDev = project.startReady("pricing");
        meshDev.await("orders: waiting for a change");
        agents("startup_attempts: 1\nagents:\n  orders: {env: {RATE: ok}}\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals(1, journal().starts("pricing").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mv new .env", "cat new > .env", "rm .env; cp new .env", "sed -i s/RATE=1/RATE=2/ .env",
            "cp new other; rm .env; ln -s other .env"})
    void howeverDotEnvIsWrittenItIsReadOnce(String how) {
        project.write(".env", "RATE=1\n");
        MeshDev meshDev = startTwo();
        project.write("new", "RATE=2\n");
        project.shell(how);
        meshDev.awaitReloads("orders", 1);
        meshDev.awaitReloads("pricing", 1);
        assertEquals("2", lastSeen("orders"));
        project.assertNoStart("orders", 2);
    }

    @Test
    void envFilesAreReadAgainWhereverTheyAre() {
        TestProject.write(project.outside("shared.env"), "RATE=1\n");
        project.write("secrets/dev.env", "OTHER=1\n");
        agents("env_file: secrets/dev.env\n");
        project.with(telling("orders", "RATE"), telling("pricing", "OTHER"));
        MeshDev meshDev = project.launch("start", "--env-file", project.outside("shared.env").toString(), "agents/")
                .ready("orders", "pricing");
        TestProject.write(project.outside("shared.env"), "RATE=2\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals("2", lastSeen("orders"));
        meshDev.awaitReloads("pricing", 1);
        project.write("secrets/dev.env", "OTHER=2\n");
        meshDev.awaitReloads("pricing", 2);
        assertEquals("2", lastSeen("pricing"));
    }

    @Test
    void aMeshwatchThatIsMadeIsReadAndOneThatIsDeletedStaysInForce() {
        project.shell("rm .meshwatch");
        MeshDev meshDev = startTwo();
        agents("agents:\n  orders: {env: {RATE: \"3\"}}\n");
        meshDev.awaitReloads("orders", 1);
        assertEquals("3", lastSeen("orders"));
        project.shell("rm .meshwatch");
        meshDev.await(".meshwatch: the file is gone");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 2);
        assertEquals("3", lastSeen("orders"));
        agents("agents:\n  orders: {env: {RATE: \"4\"}}\n");
        meshDev.awaitReloads("orders", 3);
        assertEquals("4", lastSeen("orders"));
    }

    @Test
    void anEditThatLeavesNoAgentOrTwoOfOneNameIsRefused() {
        MeshDev meshDev = startTwo();
        project.write(".meshwatch", TestProject.RULES.replace("exclude: [", "exclude: [\"agents/**\", "));
        meshDev.await("leaves no agent at all");
        agents("agents:\n  orders: {path: agents/pricing.py}\n");
        meshDev.await("two agents are named orders");
        project.shell("touch agents/orders.py agents/pricing.py");
        meshDev.awaitReloads("orders", 1);
        meshDev.awaitReloads("pricing", 1);
    }

    @Test
    void withoutReloadsNothingIsReadAgain() {
        project.with(telling("orders", "RATE"));
        MeshDev meshDev = project.launch("start", "--no-reload", "agents/").run();
        journal().awaitReady("orders", 1);
        agents("agents:\n  orders: {env: {RATE: \"3\"}}\n");
        project.with(project.agent("pricing"));
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("changed") + journal().starts("pricing").size(), meshDev::output);
    }
}
