package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.Meshwatch;
import meshdev.config.Origin;
import meshdev.config.Sourced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchRulesTest {
    private static final Path ROOT = Path.of("/shop");

    private static Verdict verdict(WatchRules rules, String path) {
        return rules.decide(Path.of(path)).verdict();
    }

    private static WatchRules rules(Meshwatch meshwatch, List<Path> folders, List<Path> files) {
        return WatchRules.compile(new RuleSources(ROOT, meshwatch, Optional.empty(), folders, files,
                List.of(), List.of(ROOT.resolve("home")), false));
    }

    @ParameterizedTest
    @CsvSource({
        "agents/a.py, RELOAD", "agents/x/a.py, RELOAD", "lib/tax.py, RELOAD", "config/app.yaml, RELOAD",
        "config/app.yml, IGNORED", "a.py, IGNORED", "agents/test_a.py, EXCLUDED", "agents/a.pyc, EXCLUDED",
        "agents/__pycache__/a.py, EXCLUDED", "agents/README.md, LOG_ONLY", "notes.txt, LOG_ONLY",
        "agents/.#a.py, EXCLUDED", "agents/a.py~, EXCLUDED", "agents/.a.py.swp, EXCLUDED", "agents/4913, EXCLUDED",
        "agents/a.py___jb_tmp___, EXCLUDED", "agents/a.py.vsctmp, EXCLUDED", "agents/sedAb12xY, EXCLUDED",
        "agents/sed_ab.py, RELOAD", "agents/.a.py.Xy12ab, EXCLUDED", "agents/node_modules/x.py, EXCLUDED",
        "agents/venv, IGNORED", ".venv/lib/x.py, EXCLUDED", "/elsewhere/a.py, IGNORED"})
    void withoutMeshwatchTheExampleHolds(String path, Verdict expected) {
        assertEquals(expected, verdict(rules(Given.noMeshwatch(), List.of(), List.of()), path));
    }

    @Test
    void excludeBeatsLogOnlyBeatsIncludeAndSaysWhichPatternDecided() {
        WatchRules rules = rules(Given.meshwatch(List.of("**/*.py"), List.of("gen/"), List.of("docs/**")),
                List.of(), List.of());
        assertEquals(Verdict.RELOAD, verdict(rules, "a.py"));
        assertEquals(Verdict.LOG_ONLY, verdict(rules, "docs/a.py"));
        Decision decision = rules.decide(Path.of("docs/gen/a.py"));
        assertEquals(Verdict.EXCLUDED, decision.verdict());
        assertEquals(new Sourced<>("gen/", Given.FILE), decision.rule().orElseThrow());
        assertEquals("excluded by \"gen/\" (.meshwatch:3:5)", decision.reason());
    }

    @Test
    void configurationIsWatchedWhereverItIsAndReloadsNobodyWhateverThePatternsSay() {
        Path env = ROOT.resolve(".env");
        Path outside = Path.of("/elsewhere/shared.env");
        Path hidden = ROOT.resolve("node_modules/x/dev.env");
        WatchRules rules = WatchRules.compile(new RuleSources(ROOT, Given.meshwatch(List.of(".env", "*.env"), List.of("/shop/.*"),
                List.of()), Optional.empty(), List.of(), List.of(), List.of(env, outside, hidden), List.of(), false));
        for (Path file : List.of(env, outside, hidden)) {
            assertEquals(Verdict.CONFIGURATION, rules.watched(file).orElseThrow().verdict());
        }
        assertEquals(List.of(outside), rules.loneFiles());
        assertTrue(rules.descends(hidden.getParent()));
        assertFalse(rules.roots().contains(env));
    }

    @Test
    void aFileNamedOnTheCommandLineWinsOverEveryExclude() {
        Path test = ROOT.resolve("test_agent.py");
        WatchRules rules = rules(Given.noMeshwatch(), List.of(), List.of(test, ROOT.resolve("node_modules/x.py")));
        assertEquals(Verdict.RELOAD, rules.decide(test).verdict());
        assertEquals(Verdict.EXCLUDED, verdict(rules, "test_other.py"));
        assertFalse(rules.prunes(ROOT.resolve("node_modules")));
        assertTrue(rules.descends(ROOT.resolve("node_modules")));
        assertEquals(Verdict.EXCLUDED, verdict(rules, "node_modules/y.py"));
    }

    @Test
    void aLiteralIncludeWinsOverBuiltInExcludesOnly() {
        WatchRules rules = rules(Given.meshwatch(List.of("cache.tmp", ".vscode/settings.json", "*.tmp", "no.tmp"),
                List.of("no.tmp"), List.of()), List.of(), List.of());
        assertEquals(Verdict.RELOAD, verdict(rules, "x/cache.tmp"));
        assertEquals(Verdict.EXCLUDED, verdict(rules, "x/other.tmp"));
        assertEquals(Verdict.EXCLUDED, verdict(rules, "no.tmp"));
        assertEquals(Verdict.RELOAD, verdict(rules, ".vscode/settings.json"));
        assertTrue(rules.descends(ROOT.resolve(".vscode")));
        assertTrue(rules.prunes(ROOT.resolve(".git")));
    }

    @Test
    void pythonBelowStartedFoldersIsWatchedWhereThereIsNoInclude() {
        Path src = ROOT.resolve("src");
        Path outside = Path.of("/other/agents");
        WatchRules rules = rules(Given.noMeshwatch(), List.of(src, outside), List.of());
        assertEquals(Verdict.RELOAD, verdict(rules, "src/deep/a.py"));
        assertEquals(Verdict.RELOAD, verdict(rules, "/other/agents/a.py"));
        assertEquals(Verdict.EXCLUDED, verdict(rules, "/other/agents/test_a.py"));
        assertEquals(Verdict.IGNORED, verdict(rules, "/other/a.py"));
        assertEquals(List.of(ROOT, outside), rules.trees());
        WatchRules own = rules(Given.meshwatch(List.of("lib/**"), List.of(), List.of()), List.of(src), List.of());
        assertEquals(Verdict.IGNORED, verdict(own, "src/a.py"));
    }

    @Test
    void extensionsOfTheEnvironmentAddToAnyInclude() {
        WatchRules rules = WatchRules.compile(new RuleSources(ROOT,
                Given.meshwatch(List.of("lib/**"), List.of(), List.of()),
                Optional.of(new Sourced<>(List.of(".toml"), Origin.variable("MCP_MESH_WATCH_EXTENSIONS"))),
                List.of(ROOT.resolve("agents")), List.of(), List.of(), List.of(), false));
        assertEquals(Verdict.RELOAD, verdict(rules, "agents/x/a.toml"));
        assertEquals(Verdict.IGNORED, verdict(rules, "agents/a.py"));
        assertEquals(Verdict.IGNORED, verdict(rules, "a.toml"));
    }

    @Test
    void aStartedFolderCountsAlthoughItsNameIsOneThatToolsUse() {
        WatchRules rules = rules(Given.noMeshwatch(), List.of(ROOT.resolve("venv/agents")), List.of());
        assertTrue(rules.descends(ROOT.resolve("venv")));
        assertEquals(Verdict.RELOAD, verdict(rules, "venv/agents/a.py"));
        assertEquals(Verdict.EXCLUDED, verdict(rules, "venv/agents/.venv/a.py"));
    }

    @Test
    void foldersAreOpenedOnlyWhenSomethingBelowCanBeWatched() {
        WatchRules rules = rules(Given.meshwatch(List.of("agents/**/*.py"), List.of("**/old/**"), List.of()),
                List.of(), List.of());
        assertTrue(rules.descends(ROOT));
        assertTrue(rules.descends(ROOT.resolve("agents")));
        assertFalse(rules.descends(ROOT.resolve("data")));
        assertFalse(rules.descends(ROOT.resolve("agents/old")));
        assertFalse(rules.descends(ROOT.resolve("agents/__pycache__")));
        assertTrue(rules.prunes(ROOT.resolve("agents/old")));
        assertFalse(rules.prunes(ROOT.resolve("agents/new")));
    }

    @Test
    void theProgramsOwnFilesAreNeverWatched() {
        WatchRules rules = rules(Given.meshwatch(List.of("**"), List.of(), List.of()), List.of(), List.of());
        assertEquals(Verdict.EXCLUDED, verdict(rules, "home/logs/a.log"));
        assertTrue(rules.prunes(ROOT.resolve("home")));
        assertEquals(Verdict.EXCLUDED, verdict(rules, ".git/x"));
    }

    @Test
    void rootsAreWhatPatternsAndArgumentsPointTo() {
        WatchRules rules = rules(Given.noMeshwatch(), List.of(ROOT.resolve("agents")), List.of(Path.of("/x/a.py")));
        assertEquals(List.of(ROOT.resolve("agents"), ROOT.resolve("config"), ROOT.resolve("lib"), Path.of("/x/a.py")),
                rules.roots());
        assertEquals(List.of(Path.of("/x/a.py")), rules.loneFiles());
    }

    @Test
    void tooManyPatternsAreRefused() {
        Meshwatch many = Given.meshwatch(Collections.nCopies(1001, "x"), List.of(), List.of());
        assertThrows(ConfigException.class, () -> WatchRules.compile(Given.sources(ROOT, many)));
    }

    @Test
    void aStartedFileIsKnownHoweverItsNameIsComposedOnlyWhereAskedFor() {
        Path composed = Path.of("/p/agents/\u00e9/caf\u00e9.py");
        Path decomposed = Path.of(java.text.Normalizer.normalize(composed.toString(), java.text.Normalizer.Form.NFD));
        for (boolean normalised : new boolean[] {true, false}) {
            WatchRules rules = WatchRules.compile(new RuleSources(Path.of("/p"), Given.meshwatch(List.of("lib/x.py"), List.of(), List.of()),
                    Optional.empty(), List.of(), List.of(composed), List.of(), List.of(), normalised));
            assertEquals(Verdict.RELOAD, rules.decide(composed).verdict());
            assertEquals(normalised, rules.watched(decomposed).isPresent());
            assertEquals(normalised, rules.descends(decomposed.getParent()));
        }
    }
}
