package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import meshdev.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final Path ROOT = Path.of("/abs");

    private static Glob glob(String pattern) {
        return Glob.parse(Given.pattern(pattern), ROOT, Glob.Use.SELECT, false);
    }

    private static Glob reject(String pattern) {
        return Glob.parse(Given.pattern(pattern), ROOT, Glob.Use.REJECT, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '"', value = {
        "agents/**/*.py agents/a.py true", "agents/**/*.py agents/x/y/a.py true",
        "agents/**/*.py agents/x/.#a.py false", "**/*.py a.py true", "**/test_*.py test_a.py true",
        "**/__pycache__/** __pycache__/a.pyc true", "agents/[!x].py agents/x.py false",
        "agents/[^x].py agents/x.py false", "agents/[!x].py agents/y.py true", "agents/[^x].py agents/y.py true",
        "agents/{a,{b,c}}.py agents/b.py true", "agents/{a,{b,c}}.py agents/d.py false",
        "agents/[]a].py agents/].py true", "agents/[]a].py agents/a.py true", "./agents/*.py agents/a.py true",
        "agents/ agents/a.py true", "agents/ agents/x/y.py true", "agents/ agents false",
        "agents//*.py agents/a.py true", "agents\\*.py agents*.py true", "agents\\*.py agentsx.py false",
        "/abs/*.py a.py true", "* .hidden false", "* a true", "é.py é.py true", "*.PY a.py false",
        "agents/?.py agents/😀.py true", "agents/?.py agents/ab.py false",
        "\"agents/sp ace.py\" \"agents/sp ace.py\" true",
        "*.py x/y/a.py true", "*.py .py false", "*.py x/.a.py false", ".*.py x/.a.py true", "?a .a false",
        "[.]a .a false", "{.a,b} .a true", "{*,.*}.tmp .x.tmp true", "{,x}.py .py true",
        "lib lib/x/y.yaml true", "lib x/lib/y.yaml true", "lib libs/y.yaml false", "a/b a/b/c.py true",
        "a/b x/a/b false", "a/* a/b/c false", "a/** a/b/c true", "a/** a false", "a/** a/.b/c false",
        "a/** a/.b false", "**/.config/*.py x/.config/a.py true", "**/*.py .config/a.py false",
        "a/**/b a/b true", "a/**/b a/x/y/b true", "a/**/b a/xb false", "**/**/**/x x true", "**/**/**/x a/b/x true",
        "a**b axxb true", "a**b a/b false", "a*b*c aXbYc true", "a*b*c aXbY false", "{a/b,c}/*.py a/b/x.py true",
        "{a/b,c}/*.py c/x.py true", "{a/**,b}/x.py a/p/q/x.py true", "[a-c]x bx true", "[a-c]x dx false",
        "[-a] - true", "[a-] - true", "[\\]] ] true", "a[b/c]d a/d false", "}x }x true", "a,b a,b true",
        "{a} a true", "./a.py a.py true", "./a.py x/a.py false", "a.b axb false", "\\! ! true", "\\[a\\] [a] true",
        "a/./b a/b true", "a/**/ a/x/y true", "a/**/ a/x true", "😀* 😀x true", "[😀-😂] 😁 true"})
    void matchesAsDocumented(String pattern, String path, boolean expected) {
        assertEquals(expected, glob(pattern).matches(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "agents/{a,b.py \"{\"·at·character·8·is·never·closed", "agents/[x.py \"[\"·at·character·8·is·never·closed",
        "!agents/x.py exclude:", "a\\ nothing·follows", "../x.py leaves·the·project", "a/../../x leaves·the·project",
        "a/.. leaves·the·project", "/other/*.py outside·the·project", "/ab/x outside·the·project",
        "[z-a] runs·backwards", "[[:alpha:]] not·supported", "/abs/ names·nothing", "./ names·nothing",
        "{a,{b} character·1·is·never·closed"})
    void aWrongPatternIsToldWithItsPlace(String pattern, String words) {
        String message = assertThrows(ConfigException.class, () -> glob(pattern)).getMessage();
        assertTrue(message.startsWith(".meshwatch:3:5: \"" + pattern + "\": "), message);
        assertTrue(message.contains(words.replace('·', ' ')), message);
    }

    @Test
    void anEscapedTextMatchesItselfAlone() {
        for (String text : List.of("a*b", "a?b", "[ab]", "{a,b}", "a\\b", "日*本")) {
            Glob glob = glob(Glob.escape(text));
            assertTrue(glob.matches(text), text);
            assertFalse(glob.matches("axb") || glob.matches("a") || glob.matches("日x本"), text);
        }
    }

    @Test
    void anEmptyOrEndlessPatternIsRefused() {
        assertThrows(ConfigException.class, () -> glob(""));
        assertThrows(ConfigException.class, () -> glob("a".repeat(1001)));
        assertThrows(ConfigException.class, () -> glob("{".repeat(30) + "}".repeat(30)));
    }

    @Test
    void whatAShellWouldExpandIsLiteralAndWarnedAbout() {
        assertTrue(glob("~/x.py").warning().orElseThrow().contains("not expanded"));
        assertTrue(glob("$HOME/x.py").warning().isPresent());
        assertTrue(glob("~/x.py").matches("~/x.py"));
        assertTrue(glob("x~").warning().isEmpty());
    }

    @Test
    void hostilePatternsCostLinearTime() {
        String path = "a/".repeat(1000) + "y";
        assertTimeout(Duration.ofSeconds(2), () -> {
            assertFalse(glob("**/".repeat(300) + "x").matches(path));
            assertFalse(glob("*a".repeat(300) + "b").matches("a".repeat(4000)));
            assertFalse(glob("{a,b}".repeat(150) + "x").matches("a".repeat(200)));
        });
    }

    @Test
    void composedAndDecomposedNamesAreOneOnlyWhereAskedFor() {
        String decomposed = Normalizer.normalize("é.py", Normalizer.Form.NFD);
        assertFalse(glob("é.py").matches(decomposed));
        assertTrue(Glob.parse(Given.pattern("é.py"), ROOT, Glob.Use.SELECT, true).matches(decomposed));
        assertTrue(Glob.parse(Given.pattern(decomposed), ROOT, Glob.Use.SELECT, true).matches("é.py"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "agents/**/*.py agents true", "agents/**/*.py agents/x true", "agents/**/*.py lib false",
        "**/*.py x/y true", "**/*.py .git false", "a/b/*.py a true", "a/b/*.py a/c false", "*.py x true",
        "a/x.py a true", "a/x.py b false"})
    void aFolderIsReachedOnlyWhenSomethingBelowCanMatch(String pattern, String folder, boolean expected) {
        assertEquals(expected, glob(pattern).reaches(folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "**/__pycache__/** x/__pycache__ true", "**/__pycache__/** __pycache__ true", "build x/build true",
        "build/ build true", "build x/build/y true", "a/old a/old true", "**/*.pyc x false", "a/* a false",
        "{a,b}/** a true", "{a/**,b/**} b true", "**/test_*.py test_x.py false", "** x true", "** .x true"})
    void aFolderIsCoveredWhenAllBelowMatches(String pattern, String folder, boolean expected) {
        assertEquals(expected, reject(pattern).covers(folder));
    }

    @Test
    void aRejectingGlobSeesThroughHiddenFolders() {
        assertTrue(reject("**/test_*.py").matches(".hidden/test_a.py"));
        assertTrue(reject("*.log").matches("x/.y/a.log"));
        assertFalse(reject("*.log").matches(".a.log"));
    }
}
