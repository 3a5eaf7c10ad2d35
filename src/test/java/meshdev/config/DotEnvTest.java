package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DotEnvTest {
    @TempDir
    Path folder;

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("A=b", "b"), Arguments.of("A=", ""), Arguments.of("A=''", ""), Arguments.of("A=\"\"", ""),
                Arguments.of("  A = b c  ", "b c"), Arguments.of("export A=b", "b"), Arguments.of("export\tA=b", "b"),
                Arguments.of("A=b # note", "b"), Arguments.of("A=b#c", "b#c"), Arguments.of("A=#b", "#b"),
                Arguments.of("A= # note", ""), Arguments.of("A='b # c' # note", "b # c"),
                Arguments.of("A='b\\n'", "b\\n"), Arguments.of("A=\"b\\n\\t\\\"\\\\\"", "b\n\t\"\\"),
                Arguments.of("A=\"\\d\\$\"", "\\d\\$"), Arguments.of("A=\"b\nc\n\nd\"", "b\nc\n\nd"),
                Arguments.of("A=\"b\r\nc\"\r\n", "b\nc"), Arguments.of("A=$(touch x)", "$(touch x)"),
                Arguments.of("A=\"${HOME}/`id`\"", "${HOME}/`id`"), Arguments.of("A=b=c", "b=c"),
                Arguments.of("A=it's", "it's"), Arguments.of("A=b\r\n", "b"), Arguments.of("\ufeffA=b", "b"),
                Arguments.of("A=b\nA=c", "c"), Arguments.of("A=b\\n", "b\\n"), Arguments.of("A=\u00e9 \u4e16", "\u00e9 \u4e16"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aLineIsUnderstoodAsEverywhere(String text, String value) {
        DotEnv read = DotEnv.parse(text, ".env");
        assertEquals(Map.of("A", value), read.values());
        assertEquals(List.of(), read.warnings());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("s3cr3t", "expected NAME=value"),
                Arguments.of("=s3cr3t", "the text before = is no variable name"),
                Arguments.of("s3cr3t x=1", "the text before = is no variable name"),
                Arguments.of("1A=s3cr3t", "the text before = is no variable name"),
                Arguments.of("A=\"s3cr3t", "the quote before the value of A is never closed"),
                Arguments.of("A='s3cr3t", "the quote before the value of A is never closed"),
                Arguments.of("A=\"s3cr3t\" s3cr3t", "text follows the quoted value of A"),
                Arguments.of("A=s3cr3t\0", "the value of A contains a NUL character"),
                Arguments.of("A=s3cr3t\ufffd", "the value of A is not UTF-8"),
                Arguments.of("A=" + "s3cr3t".repeat(25_000),
                        "the value of A is longer than 128 KiB, the limit for a process"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aLineThatMakesNoSenseIsLeftOutWithItsPlaceAndWithoutItsValue(String line, String problem) {
        DotEnv read = DotEnv.parse("# one\nFIRST=1\n" + line + "\nLAST=\n", ".env");
        assertEquals(Map.of("FIRST", "1", "LAST", ""), read.values());
        assertEquals(List.of(".env:3: " + problem + "; the line was left out"), read.warnings());
    }

    @Test
    void anUnclosedQuoteDoesNotSwallowTheNextQuotedLine() {
        DotEnv read = DotEnv.parse("A=\"b\nC=\"d\"\nE=f", ".env");
        assertEquals(Map.of("C", "d", "E", "f"), read.values());
        assertEquals(List.of(".env:1: text follows the quoted value of A; the line was left out"), read.warnings());
    }

    @Test
    void linesAreCountedBehindAValueOfSeveralLines() {
        DotEnv read = DotEnv.parse("A=\"1\n2\n3\" # note\n\nbad\nB=2", ".env");
        assertEquals(List.of(".env:5: expected NAME=value; the line was left out"), read.warnings());
        assertEquals(Map.of("A", "1\n2\n3", "B", "2"), read.values());
    }

    @Test
    void theOrderOfTheFileIsKeptAndValuesAreNeverPrinted() {
        DotEnv read = DotEnv.parse("Z=s3cr3t\nA=s3cr3t\nM=s3cr3t", ".env");
        assertEquals(List.of("Z", "A", "M"), List.copyOf(read.values().keySet()));
        assertFalse(read.toString().contains("s3cr3t"));
    }

    @Test
    void aValueOfExactlyTheLimitIsKept() {
        assertTrue(DotEnv.parse("A=" + "x".repeat(128 * 1024 - 3), ".env").warnings().isEmpty());
        assertFalse(DotEnv.parse("A=" + "x".repeat(128 * 1024 - 2), ".env").warnings().isEmpty());
    }

    @Test
    void aFileThatNeedNotExistGivesNothing() {
        assertEquals(DotEnv.EMPTY, DotEnv.readIfPresent(folder.resolve(".env"), ".env"));
    }

    @Test
    void aFolderOfThatNameIsLeftAloneWithAWarning() {
        assertEquals(List.of(".env: is no regular file and was not read"),
                DotEnv.readIfPresent(folder, ".env").warnings());
    }

    @Test
    void aNamedFileThatIsMissingIsAnError() {
        ConfigException e = assertThrows(ConfigException.class,
                () -> DotEnv.read(folder.resolve("none"), "dev.env"));
        assertEquals("dev.env: no such file; check the spelling or create it", e.getMessage());
    }

    @Test
    void aLineInAnotherEncodingCostsOnlyItself() throws IOException {
        Path file = Files.write(folder.resolve(".env"), "A=1\nB=\u00e9\nC=3".getBytes(StandardCharsets.ISO_8859_1));
        DotEnv read = DotEnv.readIfPresent(file, ".env");
        assertEquals(Map.of("A", "1", "C", "3"), read.values());
        assertEquals(List.of(".env:2: the value of B is not UTF-8; the line was left out"), read.warnings());
    }
}
