package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class MemoryGrowthTest {
    private static final long MB = 1024 * 1024;

    private static List<Long> sizes(String megabytes) {
        return Arrays.stream(megabytes.strip().split(" ")).map(word -> Long.parseLong(word) * MB).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10 11 12 13 14             | true  | five in a row, by more than a fifth",
        "90 10 11 12 13 14          | true  | what was before does not count",
        "10 11 12 13                | false | four may be chance",
        "10 11 12 13 12             | false | the last did not grow",
        "10 12 12 13 14             | false | one did not grow",
        "14 13 12 11 10             | false | they shrink",
        "100 101 102 103 120        | false | a fifth is not more than a fifth",
        "100 101 102 103 121        | true  | just more than a fifth"})
    void growthIsFiveInARowThatMatter(String megabytes, boolean grows, String why) {
        assertEquals(grows, MemoryGrowth.of(sizes(megabytes)).isPresent(), why);
    }

    @Test
    void theSentenceTellsFromAndTo() {
        assertEquals("memory grew with each of the last 5 incarnations, from 10.0 MB to 14.0 MB; what it keeps between"
                + " reloads may grow, too", MemoryGrowth.of(sizes("10 11 12 13 14")).orElseThrow().sentence());
    }
}
