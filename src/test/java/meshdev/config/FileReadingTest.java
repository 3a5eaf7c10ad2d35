package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReadingTest {
    @TempDir
    Path folder;

    private String fault(Path file) {
        return assertThrows(ConfigException.class, () -> MeshwatchReader.read(file, "p/.meshwatch")).getMessage();
    }

    private Path written(byte... bytes) throws IOException {
        return Files.write(folder.resolve(".meshwatch"), bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFileIsCalledAsTheUserWouldTypeIt() throws IOException {
        assertEquals("p/.meshwatch:1:12", MeshwatchReader.read(written(bytes("include: [ a ]")), "p/.meshwatch")
                .include().get(0).origin().text());
        Path file = folder.resolve(".meshwatch");
        assertEquals(file + ":1:12", MeshwatchReader.read(file).include().get(0).origin().text());
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreAccepted() throws IOException {
        Path file = written(bytes("\ufeffinclude:\r\n  - 'a'\r\n  - 'b'\r\nreload_delay: 7\r\n"));
        Meshwatch read = MeshwatchReader.read(file, ".meshwatch");
        assertEquals(List.of("a", "b"), MeshwatchText.values(read.include()));
        assertEquals(".meshwatch:3:5", read.include().get(1).origin().text());
        assertEquals(".meshwatch:4:15", read.reloadDelay().orElseThrow().origin().text());
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() throws IOException {
        Path file = written((byte) 'a', (byte) ':', (byte) '\n', (byte) '#', (byte) 0xc3, (byte) 0xa9, (byte) 0xff);
        assertEquals("p/.meshwatch:2:3: is not UTF-8 from here on; save the file as UTF-8", fault(file));
        assertEquals("p/.meshwatch:1:2: is not UTF-8 from here on; save the file as UTF-8",
                fault(written((byte) '#', (byte) 0xe2, (byte) 0x82)));
    }

    @Test
    void utf16IsNamed() throws IOException {
        assertEquals("p/.meshwatch:1:1: is UTF-16; save it as UTF-8",
                fault(written("a: b".getBytes(StandardCharsets.UTF_16))));
        assertEquals("p/.meshwatch:1:1: is UTF-16; save it as UTF-8", fault(written((byte) 0xff, (byte) 0xfe)));
    }

    @Test
    void aFolderIsRefused() {
        assertEquals("p/.meshwatch: is a directory; a file is expected here", fault(folder));
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForAWriter() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(
                "p/.meshwatch: is a pipe, socket or device; a regular file is expected here", fault(pipe)));
        assertEquals(List.of(".env: is no regular file and was not read"),
                DotEnv.readIfPresent(pipe, ".env").warnings());
    }

    @Test
    void aDeviceIsRefused() {
        assertEquals("p/.meshwatch: is a pipe, socket or device; a regular file is expected here",
                fault(Path.of("/dev/zero")));
    }

    @Test
    void aMissingFileAndADanglingLinkAreExplained() throws IOException {
        String message = "p/.meshwatch: no such file; check the spelling or create it";
        assertEquals(message, fault(folder.resolve("none")));
        assertEquals(message, fault(Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"))));
    }

    @Test
    void aLinkToAFileIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), written(bytes("include: a")));
        assertEquals(1, MeshwatchReader.read(link).include().size());
    }

    @Test
    void missingPermissionIsExplained() {
        assertEquals("permission denied; make it readable for you", PlainFile.reason(new AccessDeniedException("x")));
    }

    @Test
    void moreThanOneMebibyteIsRefusedUnread() throws IOException {
        Path file = folder.resolve("big");
        try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(50L << 20);
        }
        assertEquals("p/.meshwatch: is bigger than 1 MiB; is this the right file?", fault(file));
    }

    @Test
    void theExampleFileSaysWhatAppliesWithoutAnyFile() {
        Meshwatch example = MeshwatchReader.read(Path.of(".meshwatch.example"));
        Meshwatch builtIn = Meshwatch.builtIn();
        assertEquals(MeshwatchText.values(builtIn.include()), MeshwatchText.values(example.include()));
        assertEquals(MeshwatchText.values(builtIn.exclude()), MeshwatchText.values(example.exclude()));
        assertEquals(MeshwatchText.values(builtIn.logOnly()), MeshwatchText.values(example.logOnly()));
        assertEquals(builtIn.reloadDelay().orElseThrow().value(), example.reloadDelay().orElseThrow().value());
        assertTrue(example.agents().isEmpty() && example.env().isEmpty() && example.envFile().isEmpty());
        assertEquals(List.of(), example.warnings());
    }

    @Test
    void theExampleFileIsRightInItsCommentsToo() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean further = false;
        for (String line : Files.readAllLines(Path.of(".meshwatch.example"))) {
            further |= line.startsWith("# ---");
            boolean setting = further && line.startsWith("# ") && line.substring(2).matches("\\s*[a-z_A-Z]+:( \\S*| .*[\\]\"])?");
            text.append(setting ? line.substring(2) : line).append('\n');
        }
        Meshwatch all = MeshwatchText.read(text.toString());
        assertEquals(List.of(), all.warnings());
        assertEquals(9001, all.agents().get("orders").port().orElseThrow().value());
        assertEquals(Duration.ofSeconds(5), all.stopTimeout().orElseThrow().value());
        assertEquals(3, all.startupAttempts().orElseThrow().value());
        assertEquals("config/local.env", all.envFile().orElseThrow().value());
    }
}
