package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import meshdev.config.Meshwatch;
import meshdev.config.Origin;
import meshdev.config.Sourced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestRuleTest {
    private static final Path ROOT = Path.of("/shop");
    private static final String NOTHING = "no include comes near";

    private static String nearest(WatchRules rules, String file) {
        return NearestRule.to(ROOT.resolve(file), rules)
                .map(nearest -> nearest.rule().glob().pattern().value() + ": " + nearest.difference()).orElse(NOTHING);
    }

    private static WatchRules rules(Meshwatch meshwatch, Path... folders) {
        return WatchRules.compile(new RuleSources(ROOT, meshwatch, Optional.empty(), List.of(folders), List.of(), List.of(), List.of(), false));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {
        "lib/**/*.py                  | lib/tax.pyi        | the extension differs (.pyi, not .py)",
        "lib/**/*.py                  | lib/Makefile       | the extension differs (none, not .py)",
        "lib/**/*.py                  | lib/.py            | -",
        "lib/**/*.py                  | lib/.tax.py        | a name that begins with a dot has to be written out",
        "lib/**/*.py                  | lib/.v1/tax.py     | a name that begins with a dot has to be written out",
        "lib/**/*.py                  | Lib/tax.PY         | upper and lower case differ",
        "lib/**/*.py                  | libs/tax.py        | another folder (libs/, not lib/)",
        "lib/**                       | libs/x.py          | another folder (libs/, not lib/)",
        "lib/                         | libs/x.py          | another folder (libs/, not lib/)",
        "lib/**                       | src/lib/x.c        | another folder (src/, not lib/)",
        "lib/**                       | docs/x.c           | -",
        "lib/**                       | x.c                | -",
        "lib/**/*.py                  | tools/x.py         | another folder (tools/, not lib/)",
        "lib/**/*.py                  | x.py               | another folder (none, not lib/)",
        "lib/**/*.py                  | tools/x.c          | -",
        "lib/*.py                     | lib/a/tax.py       | it lies deeper; \"**/\" goes into folders below, \"*\" does not",
        "lib/*                        | lib/a/tax.py       | it lies deeper; \"**/\" goes into folders below, \"*\" does not",
        "config/app.yaml              | config/app.yml     | the extension differs (.yml, not .yaml)",
        "config/app.yaml              | config/db.yaml     | the name differs (db.yaml, not app.yaml)",
        "config/settings              | config/setings     | the name differs (setings, not settings)",
        "config/settings              | config/x           | -",
        "test_*.py                    | agents/tests.py    | the name differs (tests.py, not test_*.py)",
        "./run.py                     | sub/run.py         | it lies deeper; \"**/\" goes into folders below, \"*\" does not",
        "*.py                         | x.toml             | the extension differs (.toml, not .py)",
        "*.{yaml,yml}                 | x.yamk             | the extension differs (.yamk, not .yaml)",
        "{agents,lib}/**/*.{py,toml}  | libs/x.toml        | another folder (libs/, not lib/)",
        "{agents,{lib,x\\,y}}/*.py    | lib/x.pyi          | the extension differs (.pyi, not .py)",
        "/shop/lib/*.py               | lib/x.pyi          | the extension differs (.pyi, not .py)",
        "a[{]b/*.py                   | a{b/x.pyi          | the extension differs (.pyi, not .py)",
        "**                           | .env               | a name that begins with a dot has to be written out"})
    void oneDifferenceIsNamed(String pattern, String file, String difference) {
        WatchRules rules = rules(Given.meshwatch(List.of(pattern), List.of(), List.of()));
        assertEquals(difference.equals("-") ? NOTHING : pattern + ": " + difference, nearest(rules, file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lib/tax.pyi    | lib/**/*.py: the extension differs (.pyi, not .py)",
        "libs/x.py      | lib/**/*.py: another folder (libs/, not lib/)",
        "tools/x.py     | agents/**/*.py: another folder (tools/, not agents/)",
        "config/app.yml | config/**/*.yaml: the extension differs (.yml, not .yaml)",
        "config/app.py  | config/**/*.yaml: the extension differs (.py, not .yaml)",
        "lib/x/y.yaml   | lib/**/*.py: the extension differs (.yaml, not .py)",
        "main.c         | no include comes near",
        "/etc/passwd    | no include comes near",
        "lib/tax.py     | no include comes near"})
    void ofSeveralThatComeNearTheNearestIsTakenAndAmongEqualsTheFirst(String file, String expected) {
        assertEquals(expected, nearest(rules(Given.noMeshwatch()), file));
    }

    @Test
    void aRuleThatMatchesButIsBeatenIsTheNearest() {
        WatchRules rules = rules(Given.meshwatch(List.of("agents/*.py", "lib/**"), List.of("lib/gen/"), List.of("*.md")));
        assertEquals("lib/**: it matches, but exclude beats include", nearest(rules, "lib/gen/x.py"));
        assertEquals("lib/**: it matches, but log_only beats include", nearest(rules, "lib/x.md"));
        assertEquals("lib/**: it matches, but only an include that names the file literally beats this exclude",
                nearest(rules, "lib/x.py~"));
    }

    @Test
    void extensionsOfStartedFoldersComeNearToo() {
        WatchRules rules = rules(Given.noMeshwatch(), ROOT.resolve("services"));
        assertEquals("**/*.py: the extension differs (.pyx, not .py)", nearest(rules, "services/a/x.pyx"));
        assertEquals("**/*.py: another folder (service/, not services/)", nearest(rules, "service/x.py"));
        WatchRules outside = rules(Given.noMeshwatch(), Path.of("/other"));
        assertEquals("**/*.py: the extension differs (.pyx, not .py)", nearest(outside, "/other/x.pyx"));
        assertEquals(NOTHING, nearest(outside, "/elsewhere/x.py"));
    }

    @Test
    void theOriginOfTheRuleIsKept() {
        NearestRule nearest = NearestRule.to(ROOT.resolve("x.pyi"), Given.rules(ROOT, "*.py")).orElseThrow();
        assertEquals(new Sourced<>("*.py", Given.FILE), nearest.rule().glob().pattern());
        assertEquals(Origin.at(".meshwatch", 3, 5), nearest.rule().glob().pattern().origin());
    }

    @Test
    void whatIsOutsideIsToldWithTheProjectsRoot() {
        assertEquals("outside the project /shop and the started folders",
                Given.rules(ROOT, "*.py").decide(Path.of("/x/a.py")).reason());
    }
}
