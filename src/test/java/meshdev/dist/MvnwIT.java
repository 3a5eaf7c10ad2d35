package meshdev.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import meshdev.dist.Distribution.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The wrapper in a project of its own, with a Maven that a server on this machine offers. */
final class MvnwIT {
    private static final List<String> TOOLS = List.of("sh", "sed", "head", "dirname", "readlink", "mkdir", "mktemp",
            "tar", "gzip", "mv", "rm", "curl", "wget", "sha512sum");

    @TempDir
    Path scratch;

    private HttpServer server;
    private byte[] maven;
    private int downloads;

    @BeforeEach
    void offerMaven() throws Exception {
        for (String tool : TOOLS) {
            for (Path real : List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))) {
                if (Files.isExecutable(real)) {
                    script("bin/" + tool, "exec " + real + " \"$@\"");
                }
            }
        }
        assumeTrue(Files.exists(scratch.resolve("bin/curl")) || Files.exists(scratch.resolve("bin/wget")));
        script("apache-maven-9.9.9/bin/mvn", "echo downloaded \"$@\"");
        var tar = new ProcessBuilder("tar", "-czf", "maven.tar.gz", "apache-maven-9.9.9").directory(scratch.toFile());
        assertEquals(0, tar.start().waitFor());
        maven = Files.readAllBytes(scratch.resolve("maven.tar.gz"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/apache-maven-9.9.9-bin.tar.gz", exchange -> {
            downloads++;
            exchange.sendResponseHeaders(200, maven.length);
            exchange.getResponseBody().write(maven);
            exchange.close();
        });
        server.start();
        Files.createDirectories(scratch.resolve("project/.mvn/wrapper"));
        Files.copy(Path.of("mvnw"), scratch.resolve("project/mvnw"));
        expect(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(maven)));
    }

    @AfterEach
    void stopOffering() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void downloadsMavenOnceWhenThereIsNone() throws Exception {
        assertEquals("downloaded -q package\n", mvnw("-q", "package").out());
        assertEquals("downloaded -v\n", mvnw("-v").out());
        assertEquals(1, downloads);
    }

    @Test
    void refusesADownloadWithAnotherChecksum() throws Exception {
        expect("0".repeat(128));
        Ended ended = mvnw("-v");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("is not what was expected"), ended.err());
        try (Stream<Path> kept = Files.list(scratch.resolve("store"))) {
            assertEquals(List.of(), kept.toList());
        }
    }

    @Test
    void saysWhatCouldNotBeDownloaded() throws Exception {
        server.stop(0);
        Ended ended = mvnw("-v");
        assertNotEquals(0, ended.code());
        assertTrue(ended.err().contains("cannot download http://"), ended.err());
    }

    @Test
    void usesTheInstalledMavenUnlessItIsTooOld() throws Exception {
        script("bin/mvn", "echo Apache Maven 3.8.0 '(x)'");
        assertEquals("Apache Maven 3.8.0 (x)\n", mvnw("-v").out());
        script("bin/mvn", "echo Apache Maven 3.6.3 '(x)'");
        assertEquals("downloaded -v\n", mvnw("-v").out());
    }

    private Ended mvnw(String... arguments) throws Exception {
        return Distribution.keepingStateIn(scratch)
                .with("PATH", scratch.resolve("bin").toString())
                .with("MVNW_HOME", scratch.resolve("store").toString())
                .in(scratch)
                .runAs(scratch.resolve("project/mvnw").toString(), arguments);
    }

    private void expect(String sha512) throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/apache-maven-9.9.9-bin.tar.gz";
        Files.writeString(scratch.resolve("project/.mvn/wrapper/maven-wrapper.properties"),
                "distributionUrl=" + url + "\ndistributionSha512Sum=" + sha512 + "\n");
    }

    private void script(String name, String text) throws IOException {
        Path file = scratch.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
