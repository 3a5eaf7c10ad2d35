package meshdev.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution that the build has just made, and a way to run its launcher as a user would. */
final class Distribution {
    static final Path HOME = Path.of(System.getProperty("meshdev.home", "target/mesh-dev")).toAbsolutePath();
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = HOME;

    private Distribution(Path home) {
        this.home = home;
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("JAVA_HOME", JAVA_HOME.toString());
    }

    /** State, cache and home folder are kept in {@code scratch}. */
    static Distribution keepingStateIn(Path scratch) {
        return at(HOME, scratch);
    }

    static Distribution at(Path home, Path scratch) {
        return new Distribution(home).with("MCP_MESH_HOME", scratch.resolve("state").toString());
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Distribution without(String variable) {
        environment.remove(variable);
        return this;
    }

    Distribution in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    Ended run(String... arguments) throws Exception {
        return runAs(home.resolve("bin/mesh-dev").toString(), arguments);
    }

    /** Runs the launcher under another of its names. */
    Ended runAs(String launcher, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(arguments));
        return runCommand(command);
    }

    Ended runCommand(List<String> command) throws Exception {
        Path out = Files.createTempFile("mesh-dev", ".out");
        Path err = Files.createTempFile("mesh-dev", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running after 30 s: " + command);
            }
            return new Ended(process.exitValue(), process.pid(), read(out), read(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    record Ended(int code, long pid, String out, String err) {}

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** A folder that looks like a JDK: {@code bin/java} is the script, and {@code release} tells the version, if any. */
    static Path fakeJdk(Path folder, String version, String script) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        if (!version.isEmpty()) {
            Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        }
        Path java = folder.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    static Path copyTo(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(HOME.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return folder;
    }
}
