package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code debug watches} answers what would happen, and nothing happens. */
final class DebugWatchesIT extends BlackBox {

    @BeforeEach
    void makeAProject() {
        project.write(".meshwatch", """
                include:
                  - "agents/**/*.py"
                  - "lib/**/*.py"
                exclude:
                  - "**/test_*.py"
                log_only: ["**/*.md"]
                reload_delay: 250
                agents: {pricing: {watch: ["lib/tax.py"]}}
                """).with(project.agent("orders").early("import lib.shared"), project.agent("pricing"));
        project.write("lib/shared.py", "from lib import rates\n").write("lib/rates.py", "").write("lib/tax.py", "").write("lib/other.py", "").write("README.md", "").write("agents/test_x.py", "")
                .write("agents/plain.py", "x = 1\n").write("main.c", "");
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("debug", "watches"));
        command.addAll(List.of(arguments));
        MeshDev meshDev = project.launch(command.toArray(String[]::new)).runToEnd();
        assertEquals(0, meshDev.awaitExit(), meshDev::output);
        assertEquals("", meshDev.text(true));
        assertEquals("", journal().text(), "nothing is started");
        return meshDev.text(false);
    }

    private static void assertLine(String text, String... fragments) {
        assertTrue(text.lines().anyMatch(line -> List.of(fragments).stream().allMatch(line::contains)),
                () -> String.join(" … ", fragments) + " not in\n" + text);
    }

    @Test
    void rulesAreListedWithTheirOrigins() {
        String text = run();
        assertLine(text, "include", "\"agents/**/*.py\"", ".meshwatch:2:5");
        assertLine(text, "include", "\"lib/**/*.py\"", ".meshwatch:3:5");
        assertLine(text, "exclude", "\"**/test_*.py\"", ".meshwatch:5:5");
        assertLine(text, "log_only", "\"**/*.md\"", ".meshwatch:6:12");
        assertLine(text, "exclude", "(built-in)", "*~");
        assertLine(text, " 4913 ");
        assertLine(text, "watch mode: native");
        assertLine(text, "reload delay: 250 ms", ".meshwatch:7");
        assertLine(text, "watched below: ", "agents", "lib");
    }

    @Test
    void everyWatchedFileIsListedWithItsRuleAndWhomItReloads() {
        String text = run();
        assertLine(text, "Watched files (8)");
        assertLine(text, "agents/orders.py", "reloads orders", "\"agents/**/*.py\"");
        assertLine(text, "lib/tax.py", "reloads pricing ", "\"lib/tax.py\" (.meshwatch:8:28)");
        assertLine(text, "lib/other.py", "reloads nobody");
        assertLine(text, "README.md", "log only", "\"**/*.md\"");
        assertEquals(0, text.lines().filter(line -> line.contains("main.c")).count());
    }

    @Test
    void filesThatAreNoAgentsAreListedWithTheReason() {
        assertLine(run(), "agents/plain.py", "__main__");
        assertLine(run(), "agents/test_x.py");
    }

    @Test
    void variablesAndOptionsAreNamedAsOrigins() {
        assertLine(run("--reload-delay", "700"), "reload delay: 700 ms", "--reload-delay");
        MeshDev meshDev = project.launch("debug", "watches").env("MCP_MESH_ENABLE_HOT_RELOAD", "no").runToEnd();
        assertLine(meshDev.text(false), "hot reload: false", "MCP_MESH_ENABLE_HOT_RELOAD");
        assertLine(run("--poll=2s"), "watch mode: polling", "--poll");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "agents/orders.py       | reloads orders          | included by \"agents/**/*.py\" (.meshwatch:2:5) | orders its own file",
            "lib/other.py           | reloads nobody          | included by \"lib/**/*.py\" (.meshwatch:3:5) | no agent runs it",
            "lib/rates.py           | reloads orders          | included by \"lib/**/*.py\" (.meshwatch:3:5) | orders imported by orders via lib/shared.py; agents/orders.py:20; lib/shared.py:1;",
            "lib/tax.py             | reloads pricing         | included by \"lib/tax.py\" (.meshwatch:8:28) | pricing watched by \"lib/tax.py\" (.meshwatch:8:28)",
            "lib/not-there-yet.py   | reloads nobody          | included by \"lib/**/*.py\" (.meshwatch:3:5) | no agent runs it",
            "agents/test_x.py       | excluded                | excluded by \"**/test_*.py\" (.meshwatch:5:5) | nearest: include \"agents/**/*.py\" (.meshwatch:2:5): it matches, but exclude beats include",
            "lib/tax.pyi            | not watched             | no pattern includes it | nearest: include \"lib/**/*.py\" (.meshwatch:3:5): the extension differs (.pyi, not .py)",
            "libs/tax.py            | not watched             | no pattern includes it | nearest: include \"lib/**/*.py\" (.meshwatch:3:5): another folder (libs/, not lib/)",
            "agents/.orders.py.swp  | excluded                | (built-in) | nearest: no include comes near",
            "agents/__pycache__/a.c | excluded                | \"__pycache__/\" (built-in) | nearest: include \"agents/**/*.py\" (.meshwatch:2:5): the extension differs (.c, not .py)",
            "README.md              | log only                | \"**/*.md\" (.meshwatch:6:12) | nearest: no include comes near",
            "main.c                 | not watched             | no pattern includes it | nearest: no include comes near",
            "/etc/passwd            | not watched             | outside the project | nearest: no include comes near"})
    void oneFileIsExplained(String file, String verdict, String reason, String more) {
        String text = run("--explain", file.strip());
        assertLine(text.lines().findFirst().orElseThrow(), file.strip(), verdict.strip(), reason.strip());
        String below = String.join(" ", text.lines().skip(1).map(line -> line.strip().replaceAll(" +", " ") + ";").toList());
        assertTrue(below.contains(more.strip()), text);
    }

    @Test
    void anArgumentExplainsItselfAlthoughExcluded() {
        assertLine(run("agents/test_x.py", "--explain", "agents/test_x.py"), "reloads test-x");
    }

    @Test
    void theListingIsJsonOnRequest() {
        Path json = project.outside("listing.json");
        TestProject.write(json, run("--json"));
        project.shell("python3 -m json.tool \"$1\" >/dev/null", json.toString());
        project.shell("""
                python3 - "$1" <<'END'
                import json, sys
                all = json.load(open(sys.argv[1]))
                assert all["version"] == 1 and all["mode"]["kind"] == "native", all
                files = {f["path"]: f for f in all["files"]}
                assert sorted(files) == ["README.md", "agents/orders.py", "agents/plain.py", "agents/pricing.py",
                    "lib/other.py", "lib/rates.py", "lib/shared.py", "lib/tax.py"], sorted(files)
                assert files["lib/tax.py"]["reloads"] == ["pricing"], files
                assert not any("agents" in f or "nearest" in f for f in files.values()), files
                assert {"kind": "log_only", "pattern": "**/*.md", "origin": ".meshwatch:6:12"} in all["rules"], all["rules"]
                END
                """, json.toString());
        TestProject.write(json, run("--json", "--explain", "main.c", "--explain", "agents/orders.py", "--explain", "lib/x.pyi"));
        project.shell("""
                python3 - "$1" <<'END'
                import json, sys
                c, py, pyi = json.load(open(sys.argv[1]))["files"]
                assert c["verdict"] == "not watched" and "nearest" not in c and "agents" not in c, c
                assert py["verdict"] == "reload" and py["reloads"] == ["orders"] and "nearest" not in py, py
                assert py["agents"] == [{"name": "orders", "reason": "its own file", "chain": []}], py
                assert pyi["nearest"] == {"pattern": "lib/**/*.py", "origin": ".meshwatch:3:5",
                    "difference": "the extension differs (.pyi, not .py)"}, pyi
                END
                """, json.toString());
    }

    @Test
    void theListingHasTheSameOrderInEveryRun() {
        String first = run("--json");
        for (int again = 0; again < 5; again++) {
            assertEquals(first, run("--json"));
        }
    }
}
