package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong {@code .meshwatch} starts nothing: exit 2, the place, the remedy. */
final class WrongMeshwatchIT extends BlackBox {

    static Stream<Arguments> wrong() {
        return Stream.of(
                row("include:\n  - **/*.py\n", "2:5", "quote the pattern: \"**/*.py\""),
                row("include:\n  - *.md\n", "2:5", "quote the pattern: \"*.md\""),
                row("include:\n  - !x\n", "2:5", "quote the pattern: \"!x\""),
                row("include:\n  - {a,b}.py\n", "2:5", "quote the pattern: \"{a,b}.py\""),
                row("include:\n  - [!x].py\n", "2:5", "quote the pattern: \"[!x].py\""),
                row("include:\n  - @x\n", "2:5", "quote the pattern: \"@x\""),
                row("include: [\"a\n", "2:1", "close it"),
                row("include:\n\t- \"a\"\n", "2:1", "use spaces"),
                row("include: [a]\nexclude: [b]\ninclude: [c]\n", "3:1", "keep one"),
                row("a: &a [*a]\n", "1:4", "write the value out"),
                row("env: !!java.lang.Runtime {}\n", "1:6", "remove it"),
                row("x: " + "[".repeat(100_000) + "\n", "1:53", "flatten it"),
                row("include: [a, 3.5]\n", "1:14", "quote it to make it a pattern: \"3.5\""),
                row("include: 2024-01-02\n", "1:10", "quote it to make it a pattern: \"2024-01-02\""),
                row("include: true\n", "1:10", "quote it to make it a pattern: \"true\""),
                row("include: {a: b}\n", "1:10", "must be a list or one text"),
                row("reload_delay: -5\n", "1:15", "0 to 60000"),
                row("reload_delay: 1e3\n", "1:15", "0 to 60000"),
                row("reload_delay: 0500\n", "1:15", "500"),
                row("reload_delay: 1:30\n", "1:15", "0 to 60000"),
                row("reload_delay: 99999999999999999999\n", "1:15", "0 to 60000"),
                row("reload_delay: 60001\n", "1:15", "0 to 60000"),
                row("reload_delay: [5]\n", "1:15", "must be one text"),
                row("<<<<<<< HEAD\ninclude: a\n", "1:1", "finish the merge"),
                row("include: a\u0000b\n", "1:11", "remove it"),
                row("include: a\n---\ninclude: b\n", "2:1", "keep one"),
                row("include: [\"agents/{a,b.py\"]\n", "1:11", "}"),
                row("include: [\"agents/[x.py\"]\n", "1:11", "]"),
                row("include: [\"!agents/x.py\"]\n", "1:11", "exclude:"),
                row("include: [\"../other/*.py\"]\n", "1:11", "leaves the project; patterns are relative to the project root"),
                row("agents: {a: {port: 65536}}\n", "1:20", "1 to 65535"),
                row("agents: {a: {stop_signal: 9}}\n", "1:27", "use TERM"),
                row("exlude: [a]\n", "1:1", "did you mean \"exclude\"?"),
                row("reload_strategy: reboot\n", "1:18", "use restart or refresh"));
    }

    private static Arguments row(String text, String place, String remedy) {
        return Arguments.of(text.length() < 60 ? text : text.substring(0, 60), text, place, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void startsNothingAndNamesPlaceAndRemedy(String shown, String text, String place, String remedy) {
        project.with(project.agent("orders")).write(".meshwatch", text);
        assertRefused(".meshwatch:" + place + ": ", remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"mkdir .meshwatch, is a directory", "mkfifo .meshwatch, is a pipe",
            "truncate -s 50M .meshwatch, is bigger than 1 MiB", "ln -s nowhere .meshwatch, no such file",
            "ln -s /dev/zero .meshwatch, device"})
    void aMeshwatchThatIsNoSmallFileIsRefusedWithoutReadingIt(String command, String remedy) {
        project.with(project.agent("orders")).shell("rm .meshwatch; " + command);
        assertRefused(".meshwatch: ", remedy);
    }

    private void assertRefused(String place, String remedy) {
        MeshDev meshDev = project.launch("start", "agents/").runToEnd();
        assertEquals(2, meshDev.awaitExit(), meshDev::output);
        assertEquals("", meshDev.text(false));
        String error = meshDev.text(true);
        assertTrue(error.startsWith("mesh-dev: " + place), error);
        assertTrue(error.contains(remedy), error);
        assertEquals(1, error.lines().count(), error);
        assertFalse(error.contains("Exception") || error.contains("\tat "), error);
        assertEquals("", journal().text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "include:~reload_delay: 100 | include",
            "# only a comment | meshwatch",
            "include: ['~/x.py', 'agents/*.py'] | ~"})
    void whatIsOddButHarmlessIsWarnedOfAndTheAgentsStart(String text, String warning) {
        project.with(project.agent("orders")).write(".meshwatch", text.replaceFirst("~(?!/)", "\n"));
        MeshDev meshDev = project.startReady("orders");
        assertTrue(meshDev.lines().stream().anyMatch(line -> line.text().startsWith("mesh-dev | ")
                && line.text().contains(".meshwatch:") && line.text().contains(warning)), meshDev::output);
    }

    @Test
    void windowsLineEndsAByteOrderMarkAndOneTextForAListAreFine() {
        project.with(project.agent("orders")).write(".meshwatch", "\uFEFFinclude: \"agents/*.py\"\r\nreload_delay: \"100ms\"\r\n");
        MeshDev meshDev = project.startReady("orders");
        project.shell("touch agents/orders.py");
        meshDev.awaitReloads("orders", 1);
    }

    @Test
    void withoutOneTheRulesOfTheExampleHoldAndThisIsSaid() {
        project.with(project.agent("orders")).shell("rm .meshwatch");
        MeshDev meshDev = project.launch("start", "agents/", "--reload-delay", "100").ready("orders");
        project.write("config/app.yaml", "a: 1");
        meshDev.awaitReloads("orders", 1);
        project.write("README.md", "new");
        meshDev.await("Changed, log only: README.md");
    }

    @Test
    void theShippedExampleIsAccepted() throws IOException {
        Path example = Path.of(".meshwatch.example");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(example), "not written yet");
        project.with(project.agent("orders")).write(".meshwatch", read(example));
        project.startReady("orders");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
