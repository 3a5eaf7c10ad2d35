package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRulesTest {
    /** @param rules blanks between them; {@code a|b} is a group of which one is enough */
    private static TagRules rules(String rules) {
        List<String> all = Stream.of(rules.split(" ")).toList();
        return new TagRules(all.stream().filter(rule -> !rule.contains("|")).toList(),
                all.stream().filter(rule -> rule.contains("|")).map(rule -> List.of(rule.split("\\|"))).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "''       ; 0",
        "x        ; 5",
        "x y      ; 10",
        "x z      ; -1",
        "X        ; -1",
        "+x       ; 10",
        "+z       ; 0",
        "-z       ; 0",
        "-x       ; -1",
        "x -y     ; -1",
        "+ - x    ; 5",
        "++x -+x  ; 0",
        "x|z      ; 5",
        "z|w      ; -1",
        "+x|y     ; 10",
        "+z|y     ; 5",
        "-x|y     ; -1",
        "-z|y     ; 5",
        "-z|w     ; -1",
        "x|z +y   ; 15"})
    void providersWithTheTagsXAndYScore(String rules, int score) {
        OptionalInt expected = score < 0 ? OptionalInt.empty() : OptionalInt.of(score);
        assertEquals(expected, rules(rules).score(List.of("x", "y")));
    }
}
