package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import meshdev.supervise.FileDecision;
import meshdev.supervise.FileDecision.Kind;
import org.junit.jupiter.api.Test;

class DecisionWordsTest {
    private static String words(Kind kind, String file, String rule, Map<String, String> agents) {
        return DecisionWords.of(new FileDecision(kind, Path.of("/p").resolve(file), rule, agents), Path.of("/p"));
    }

    @Test
    void whoReloadsIsNamedWithTheReasonAndTheRule() {
        Map<String, String> agents = new LinkedHashMap<>();
        agents.put("orders", "");
        agents.put("pricing", "watched by pricing");
        assertEquals("lib/tax.py: reloads orders and pricing (watched by pricing); included by \"lib/**\"",
                words(Kind.RELOAD, "lib/tax.py", "included by \"lib/**\"", agents));
    }

    @Test
    void theNoesSayWhy() {
        assertEquals("lib/x.py: reloads nobody, no agent runs it; included by \"lib/**\"",
                words(Kind.RELOAD, "lib/x.py", "included by \"lib/**\"", Map.of()));
        assertEquals("x.c: reloads nobody; no pattern includes it", words(Kind.REFUSED, "x.c", "no pattern includes it", Map.of()));
        assertEquals("a.md: reloads nobody; only logged", words(Kind.LOG_ONLY, "a.md", "only logged", Map.of()));
        assertEquals("s.json: does not reload orders, which rewrites it whenever it starts",
                words(Kind.OWN_WRITE, "s.json", "", Map.of("orders", "")));
    }

    @Test
    void noFileNameForgesALine() {
        assertEquals(1, words(Kind.REFUSED, "a\nmesh-dev | b", "excluded by \"a\nb\"", Map.of()).lines().count());
    }
}
