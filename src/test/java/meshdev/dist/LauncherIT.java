package meshdev.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import meshdev.dist.Distribution.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LauncherIT {
    private static final String SHOW_ARGUMENTS = "for a; do echo \"[$a]\"; done";

    @TempDir
    Path scratch;

    private final List<Path> links = new ArrayList<>();

    @Test
    void worksFromAnyWorkingDirectory() throws Exception {
        assertStarts(distribution().in(Path.of("/")).run("--version"));
    }

    @Test
    void worksWhenNamedRelatively() throws Exception {
        var inBin = distribution().in(Distribution.HOME.resolve("bin"));
        assertAll(
                () -> assertStarts(inBin.runAs("./mesh-dev", "--version")),
                () -> assertStarts(inBin.runAs("../bin/mesh-dev", "--version")),
                () -> assertStarts(inBin.runCommand(List.of("sh", "mesh-dev", "--version"))),
                () -> assertStarts(distribution().runAs("bin/mesh-dev", "--version")));
    }

    @Test
    void worksFromPath() throws Exception {
        var onPath = distribution().with("PATH", "/usr/bin:/bin:" + Distribution.HOME.resolve("bin"));
        assertStarts(onPath.runCommand(List.of("sh", "-c", "mesh-dev --version")));
    }

    @Test
    void worksThroughSymlinksUnderBothNames() throws Exception {
        Path absolute = link(scratch.resolve("md"), Distribution.HOME.resolve("bin/mcp-mesh-dev"));
        Path relative = link(scratch.resolve("again"), Path.of("md"));
        assertAll(
                () -> assertStarts(distribution().runAs(absolute.toString(), "--version")),
                () -> assertStarts(distribution().runAs(relative.toString(), "--version")),
                () -> assertStarts(distribution().in(scratch).runAs("./again", "--version")));
    }

    @Test
    void worksInAFolderWithASpaceAndAnAccent() throws Exception {
        Path copy = Distribution.copyTo(scratch.resolve("with spaçe"));
        Path link = link(scratch.resolve("a link"), copy.resolve("bin/mesh-dev"));
        var distribution = Distribution.at(copy, scratch).with("LC_ALL", "C");
        assertAll(
                () -> assertStarts(distribution.run("--version")),
                () -> assertStarts(distribution.runAs(link.toString(), "--version")));
    }

    @Test
    void worksUnderEveryShellOfThisMachine() throws Exception {
        for (String shell : List.of("/bin/dash", "/bin/bash", "/bin/busybox")) {
            if (Files.isExecutable(Path.of(shell))) {
                String launcher = Distribution.HOME.resolve("bin/mesh-dev").toString();
                var command = shell.endsWith("busybox")
                        ? List.of(shell, "sh", launcher, "--version")
                        : List.of(shell, launcher, "--version");
                assertStarts(distribution().runCommand(command));
            }
        }
    }

    @Test
    void understandsNonAsciiArgumentsInEveryLocale() throws Exception {
        for (String locale : List.of("C", "POSIX", "", "xx_XX.UTF-8")) {
            Ended ended = distribution().with("LC_ALL", locale).run("--unknown-é");
            assertEquals(2, ended.code(), ended.err());
            assertTrue(ended.err().contains("--unknown-é"), ended.err());
        }
        assertTrue(distribution().run("--unknown-é").err().contains("--unknown-é"));
    }

    @Test
    void tellsTheProgramWhatTheUsersLocaleWas() throws Exception {
        Path jdk = Distribution.fakeJdk(scratch.resolve("jdk"), "17", "echo $LC_ALL $MESH_DEV_LC_ALL");
        var distribution = distribution().with("JAVA_HOME", jdk.toString());
        assertTrue(distribution.run().out().matches("\\S+UTF-8 unset\n"));
        assertTrue(distribution.with("LC_ALL", "").run().out().matches("\\S+UTF-8 set:\n"));
        assertTrue(distribution.with("LC_ALL", "C").run().out().matches("\\S+UTF-8 set:C\n"));
    }

    @Test
    void becomesJavaSoThatSignalsArrive() throws Exception {
        Path jdk = Distribution.fakeJdk(scratch.resolve("jdk"), "17.0.1", "echo $$");
        Ended ended = distribution().with("JAVA_HOME", jdk.toString()).run();
        assertEquals(ended.pid() + "\n", ended.out());
    }

    @Test
    void passesEveryArgumentAsItIs() throws Exception {
        Path jdk = Distribution.fakeJdk(scratch.resolve("my jdk"), "25", SHOW_ARGUMENTS);
        Ended ended = distribution().with("JAVA_HOME", jdk.toString()).run("a b", "", "*", "-x", "$HOME", "two\nlines");
        assertTrue(ended.out().endsWith("/lib/mesh-dev.jar]\n[a b]\n[]\n[*]\n[-x]\n[$HOME]\n[two\nlines]\n"), ended.out());
    }

    @Test
    void addsTheUsersJavaOptionsLast() throws Exception {
        Path jdk = Distribution.fakeJdk(scratch.resolve("jdk"), "17", SHOW_ARGUMENTS);
        Ended ended = distribution()
                .with("JAVA_HOME", jdk.toString())
                .with("MESH_DEV_JAVA_OPTS", "-Xmx1g  -Da=*")
                .run();
        assertTrue(ended.out().contains("[-Xmx1g]\n[-Da=*]\n[-jar]\n"), ended.out());
    }

    @Test
    void findsJavaOnPathWithoutJavaHome() throws Exception {
        assertStarts(distribution()
                .without("JAVA_HOME")
                .with("PATH", Distribution.JAVA_HOME.resolve("bin") + ":/usr/bin:/bin")
                .run("--version"));
    }

    @Test
    void findsJavaOnPathThroughALink() throws Exception {
        Path bin = Files.createDirectory(scratch.resolve("bin"));
        link(bin.resolve("java"), Distribution.JAVA_HOME.resolve("bin/java"));
        assertStarts(distribution().without("JAVA_HOME").with("PATH", bin.toString() + ":/usr/bin:/bin").run("--version"));
    }

    @Test
    void prefersAJavaOnPathToAnOldOrMissingJavaHome() throws Exception {
        String path = Distribution.JAVA_HOME.resolve("bin") + ":/usr/bin:/bin";
        Path old = Distribution.fakeJdk(scratch.resolve("old"), "11.0.2", "exit 9");
        assertAll(
                () -> assertStarts(distribution().with("PATH", path).with("JAVA_HOME", old.toString()).run("--version")),
                () -> assertStarts(distribution().with("PATH", path).with("JAVA_HOME", "/no/jdk").run("--version")));
    }

    @Test
    void asksAJavaThatHasNoReleaseFile() throws Exception {
        String real = "exec '" + Distribution.JAVA_HOME.resolve("bin/java") + "' \"$@\"";
        Path shim = Distribution.fakeJdk(scratch.resolve("shim"), "", real);
        assertStarts(distribution().with("JAVA_HOME", shim.toString()).run("--version"));
    }

    @Test
    void namesEveryJavaThatIsTooOldAndTheRemedy() throws Exception {
        Path home = Distribution.fakeJdk(scratch.resolve("jdk 8"), "1.8.0_292", "exit 9");
        Path path = Distribution.fakeJdk(scratch.resolve("jdk11"), "", "echo '    java.version = 11.0.2' >&2");
        Ended ended = distribution().with("JAVA_HOME", home.toString()).with("PATH", path.resolve("bin").toString()).run();
        assertRefuses(ended, "needs Java 17 or newer", home + "/bin/java: Java 1.8.0_292 (JAVA_HOME)",
                path + "/bin/java: Java 11.0.2 (PATH)", "install a JDK 17 or newer");
    }

    @Test
    void saysSoWhenThereIsNoJava() throws Exception {
        String nowhere = scratch.toString();
        assertRefuses(distribution().without("JAVA_HOME").with("PATH", nowhere).run("--version"),
                "there is none on PATH and JAVA_HOME is not set", "install a JDK 17 or newer");
        assertRefuses(distribution().with("JAVA_HOME", "/no/jdk").with("PATH", nowhere).run("--version"),
                "/no/jdk/bin/java: there is no Java (JAVA_HOME)");
    }

    @Test
    void saysSoWhenTheWorkingDirectoryIsGone() throws Exception {
        Path gone = Files.createDirectory(scratch.resolve("gone"));
        String launcher = Distribution.HOME.resolve("bin/mesh-dev").toString();
        String script = "cd '" + gone + "' && rmdir '" + gone + "' && exec '" + launcher + "' --version";
        assertRefuses(distribution().runCommand(List.of("sh", "-c", script)),
                "the current directory does not exist any more", "change to an existing directory");
    }

    @Test
    void saysSoWhenTheDistributionIsIncomplete() throws Exception {
        Path bin = Files.createDirectories(scratch.resolve("half/bin"));
        Path launcher = Files.copy(Distribution.HOME.resolve("bin/mesh-dev"), bin.resolve("mesh-dev"));
        assertRefuses(distribution().runAs(launcher.toString(), "--version"), "there is no " + scratch + "/half/lib/mesh-dev.jar");
    }

    @Test
    void startsWithoutAWordFromTheVirtualMachineOnEveryJdk() throws Exception {
        for (Path jdk : ClassArchiveIT.jdks()) {
            Ended ended = distribution().with("JAVA_HOME", jdk.toString()).run("--version");
            assertStarts(ended);
            assertEquals("", ended.err(), "under " + jdk);
        }
    }

    @Test
    void startsWithoutAHomeToKeepAnArchiveIn() throws Exception {
        assertStarts(distribution().without("MCP_MESH_HOME").run("--version"));
    }

    /** JUnit warns about links that lead out of its folder, so they go before it. */
    @AfterEach
    void deleteLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private Path link(Path link, Path target) throws IOException {
        links.add(link);
        return Files.createSymbolicLink(link, target);
    }

    private Distribution distribution() {
        return Distribution.keepingStateIn(scratch);
    }

    private static void assertStarts(Ended ended) {
        assertEquals(0, ended.code(), ended.err());
        assertEquals("mesh-dev 0.1.0", ended.out().strip());
    }

    private static void assertRefuses(Ended ended, String... words) {
        assertEquals(2, ended.code(), ended.err());
        assertEquals("", ended.out());
        for (String word : words) {
            assertTrue(ended.err().contains(word), () -> "no \"" + word + "\" in: " + ended.err());
        }
        assertFalse(ended.err().contains("Exception"), ended.err());
    }
}
