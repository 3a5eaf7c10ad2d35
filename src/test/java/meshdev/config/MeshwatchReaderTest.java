package meshdev.config;

import static meshdev.config.MeshwatchText.read;
import static meshdev.config.MeshwatchText.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshwatchReaderTest {
    @Test
    void everyTopLevelKeyIsUnderstood() {
        Meshwatch file = read("include: ['a/*.py', \"b\"]", "exclude:", "- c.py", "log_only: ['*.md']",
                "reload_delay: 250", "reload_strategy: refresh", "preserve_state: yes", "stop_timeout: 5",
                "precheck: off", "startup_attempts: 7", "startup_window: 1.5s", "env: {A: x, B: 1, C: true, D: ''}",
                "env_file: local.env");
        assertEquals(List.of("a/*.py", "b"), values(file.include()));
        assertEquals(List.of("c.py"), values(file.exclude()));
        assertEquals(List.of("*.md"), values(file.logOnly()));
        assertEquals(Duration.ofMillis(250), file.reloadDelay().orElseThrow().value());
        assertEquals(Strategy.REFRESH, file.reloadStrategy().orElseThrow().value());
        assertTrue(file.preserveState().orElseThrow().value());
        assertEquals(Duration.ofSeconds(5), file.stopTimeout().orElseThrow().value());
        assertFalse(file.precheck().orElseThrow().value());
        assertEquals(7, file.startupAttempts().orElseThrow().value());
        assertEquals(Duration.ofMillis(1500), file.startupWindow().orElseThrow().value());
        assertEquals(Map.of("A", "x", "B", "1", "C", "true", "D", ""), file.env());
        assertEquals("local.env", file.envFile().orElseThrow().value());
        assertEquals(List.of(), file.warnings());
        assertEquals(Optional.of(Path.of("/p/.meshwatch")), file.file());
    }

    @Test
    void everyKeyOfAnAgentIsUnderstood() {
        AgentSettings agent = read("agents:", "  zeta:", "    path: a/z.py", "    command: [python, -m, http.server, 80]",
                "    cwd: a", "    env: {K: v}", "    port: 65535", "    health: http://my_host:8000/ok",
                "    watch: 'data/**'", "    stop_signal: sigint", "    stop_timeout: 2m", "    depends_on: alpha",
                "  alpha: {command: run.sh, health: /health}").agents().get("zeta");
        assertEquals("a/z.py", agent.path().orElseThrow().value());
        assertEquals(List.of("python", "-m", "http.server", "80"), agent.command());
        assertEquals("a", agent.cwd().orElseThrow().value());
        assertEquals(Map.of("K", "v"), agent.env());
        assertEquals(65535, agent.port().orElseThrow().value());
        assertEquals("http://my_host:8000/ok", agent.health().orElseThrow().value());
        assertEquals(List.of("data/**"), values(agent.watch()));
        assertEquals("INT", agent.stopSignal().orElseThrow().value());
        assertEquals(Duration.ofMinutes(2), agent.stopTimeout().orElseThrow().value());
        assertEquals(List.of("alpha"), agent.dependsOn().stream().map(Sourced::value).toList());
        assertEquals(".meshwatch:2:3", agent.origin().text());
    }

    @Test
    void agentsKeepTheOrderOfTheFileAndMayHaveNoSettings() {
        Meshwatch file = read("agents:", "  zeta: {command: run.sh}", "  alpha:", "  b-2: {}");
        assertEquals(List.of("zeta", "alpha", "b-2"), List.copyOf(file.agents().keySet()));
        assertEquals(List.of("run.sh"), file.agents().get("zeta").command());
        assertEquals(List.of(".meshwatch:3:3: agents.alpha has no settings"), file.warnings());
    }

    @Test
    void everyValueKnowsItsPlace() {
        Meshwatch file = read("# comment", "include:", "  - \"é\"", "  - 'b'", "reload_delay:   5");
        assertEquals(".meshwatch:3:5", file.include().get(0).origin().text());
        assertEquals(".meshwatch:4:5", file.include().get(1).origin().text());
        assertEquals(".meshwatch:5:17", file.reloadDelay().orElseThrow().origin().text());
    }

    @Test
    void aTextAloneCountsAsAListOfOne() {
        assertEquals(List.of("a.py"), values(read("include: a.py").include()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"include:", "include: ~", "include: null"})
    void aKeyWithoutValueCountsAsNotGivenWithAWarning(String line) {
        Meshwatch file = read(line, "exclude: []");
        assertTrue(file.includesAreBuiltIn());
        assertEquals(List.of(".meshwatch:1:1: include has no value and counts as not given"), file.warnings());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "Yes, true", "ON, true", "1, true", "'\"yes\"', true", "false, false", "no, false",
            "Off, false", "0, false"})
    void booleansAreAcceptedInAllTheirSpellings(String word, boolean value) {
        assertEquals(value, read("precheck: " + word).precheck().orElseThrow().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only\n# comments\n", "---\n", "~\n", "\ufeff", "---\n...\n"})
    void aFileThatSaysNothingGivesTheBuiltInRulesAndAHint(String text) {
        String bare = SourceText.withoutMark(text);
        Meshwatch file = MeshwatchReader.parse(new SourceText(".meshwatch", bare), Path.of("x"));
        assertEquals(Meshwatch.builtIn().include(), file.include());
        assertEquals(Meshwatch.builtIn().reloadDelay(), file.reloadDelay());
        assertEquals(List.of(".meshwatch: says nothing, the built-in rules apply;"
                + " add an \"include:\" list or remove the file"), file.warnings());
    }

    @Test
    void withoutFileTheBuiltInRulesApply() {
        Meshwatch rules = Meshwatch.builtIn();
        assertEquals(List.of("agents/**/*.py", "lib/**/*.py", "config/**/*.yaml"), values(rules.include()));
        assertEquals(List.of("**/__pycache__/**", "**/*.pyc", "**/test_*.py", "**/.pytest_cache/**"),
                values(rules.exclude()));
        assertEquals(List.of("**/*.md", "**/*.txt"), values(rules.logOnly()));
        assertEquals(Sourced.builtIn(Duration.ofMillis(500)), rules.reloadDelay().orElseThrow());
        assertEquals(Origin.BUILT_IN, rules.include().get(0).origin());
        assertTrue(rules.file().isEmpty());
    }

    @Test
    void quotedPatternsMayBeginWithAnyCharacter() {
        assertEquals(List.of("**/*.py", "!x", "{a,b}.py", "[!x].py", "@x", "2024", "#a"), values(read("include:",
                "- '**/*.py'", "- \"!x\"", "- '{a,b}.py'", "- '[!x].py'", "- '@x'", "- '2024'", "- '#a'").include()));
    }

    @Test
    void environmentsPrintTheirNamesOnly() {
        Meshwatch file = read("env: {TOKEN: s3cr3t}", "agents: {a: {env: {KEY: s3cr3t}}}");
        assertFalse(file.toString().contains("s3cr3t"));
        assertTrue(file.toString().contains("TOKEN"));
    }
}
