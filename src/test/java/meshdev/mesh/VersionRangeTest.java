package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    /** The same as conformance asks the real registry for. */
    private static final List<String> VERSIONS = List.of("0.0.3", "0.2.3", "1.0.0", "v1.2", "1.2.3", "1.5", "2.0.0", "2.1.0-beta.1");

    private static String taken(String range) {
        return VERSIONS.stream().filter(version -> VersionRange.of(range).accepts(Version.of(version)))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        ">=1.2              ; v1.2 1.2.3 1.5 2.0.0",
        "=>1.2              ; v1.2 1.2.3 1.5 2.0.0",
        ">1.2               ; 1.5 2.0.0",
        ">1.2.0             ; 1.2.3 1.5 2.0.0",
        ">1                 ; 2.0.0",
        "<1.2.3             ; 0.0.3 0.2.3 1.0.0 v1.2",
        "<=1.2              ; 0.0.3 0.2.3 1.0.0 v1.2 1.2.3",
        "=<1.2.0            ; 0.0.3 0.2.3 1.0.0 v1.2",
        "1.2.3              ; 1.2.3",
        "=v1.2.3            ; 1.2.3",
        "1.2                ; v1.2 1.2.3",
        "1                  ; 1.0.0 v1.2 1.2.3 1.5",
        "1.x                ; 1.0.0 v1.2 1.2.3 1.5",
        "1.X.3              ; 1.0.0 v1.2 1.2.3 1.5",
        "*                  ; 0.0.3 0.2.3 1.0.0 v1.2 1.2.3 1.5 2.0.0",
        "!=1.2.3            ; 0.0.3 0.2.3 1.0.0 v1.2 1.5 2.0.0",
        "!=1.x              ; 0.0.3 0.2.3 2.0.0",
        "!=1.2              ; 0.0.3 0.2.3 1.0.0 1.5 2.0.0",
        "~1.2               ; v1.2 1.2.3",
        "~1.2.1             ; 1.2.3",
        "~>1                ; 1.0.0 v1.2 1.2.3 1.5",
        "^1.2               ; v1.2 1.2.3 1.5",
        "^0.2.1             ; 0.2.3",
        "^0.0               ; 0.0.3",
        "^0.0.2             ; ''",
        "^0                 ; 0.0.3 0.2.3",
        "^*                 ; ''",
        ">=1.0, <1.5        ; 1.0.0 v1.2 1.2.3",
        " >= 1.0 <1.5       ; 1.0.0 v1.2 1.2.3",
        "1.0 - 1.2          ; 1.0.0 v1.2 1.2.3",
        "1.0 - 1.2.0        ; 1.0.0 v1.2",
        "^0.2 || >=2        ; 0.2.3 2.0.0",
        ">=2.0.0-0          ; 2.0.0 2.1.0-beta.1",
        ">=2.0.0-0, <3      ; 2.0.0 2.1.0-beta.1",
        "~2.1.0-alpha       ; 2.1.0-beta.1",
        "2.1.0-beta.1       ; 2.1.0-beta.1",
        "<=2.1.0            ; 0.0.3 0.2.3 1.0.0 v1.2 1.2.3 1.5 2.0.0"})
    void rangesTakeWhatTheRealRegistryTakes(String range, String versions) {
        assertEquals(versions, taken(range));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "==1.0", "||", ">=1 ||", "1.2.3.4", ">=1,", "-1", "1.2-", ">= ", "1 2 x y"})
    void whatIsNoRangeTakesTheSameTextOnly(String text) {
        assertEquals("", taken(text));
        assertTrue(VersionRange.of(text).accepts(Version.of(text)));
    }

    @Test
    void noRangeTakesEverything() {
        assertTrue(VersionRange.of("").accepts(Version.of("nonsense")));
        assertFalse(VersionRange.of("*").accepts(Version.of("nonsense")));
    }

    @Test
    void aRangeThatIsTooLongIsNone() {
        String endless = Stream.generate(() -> "1 ").limit(100_000).collect(Collectors.joining());
        assertFalse(VersionRange.of(endless).accepts(Version.of("1.0.0")));
    }
}
