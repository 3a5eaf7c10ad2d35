package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @Test
    void versionsAreOrderedByPrecedence() {
        List<String> ordered = List.of("zeta", "zz", "0.0.0-a", "0.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha",
                "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-rc", "1", "v1.0.1", "1.2", "1.10");
        List<Version> versions = new ArrayList<>(ordered.stream().map(Version::of).toList());
        Collections.reverse(versions);
        Collections.sort(versions);
        assertEquals(ordered, versions.stream().map(Version::text).toList());
    }

    @ParameterizedTest
    @CsvSource({"1,1.0.0", "v1.2,1.2.0", "1.2.3+build,1.2.3", "01.2.0,1.2.0"})
    void whatMeansTheSameIsEqual(String one, String other) {
        assertEquals(0, Version.of(one).compareTo(Version.of(other)));
    }

    @ParameterizedTest
    @CsvSource({"'',false", "latest,false", "1.2.3.4,false", "1.2.3-01,false", "1.2.3-0a,true", "99999999999999999999,false", "1.x,false"})
    void notEveryTextIsAVersion(String text, boolean isSemantic) {
        assertEquals(isSemantic, Version.of(text).isSemantic());
    }
}
