package meshdev.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meshdev.process.ClassArchive;

/** The distribution under test, and the cache that all tests share so that not each of them makes an archive. */
public final class Built {
    public static final Path HOME = Path.of(System.getProperty("meshdev.home", "target/mesh-dev")).toAbsolutePath();
    /** Where tests keep their folders. Not in /tmp, where vim saves in another way. */
    public static final Path SCRATCH = HOME.resolveSibling("blackbox");
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final Pattern WANTED = Pattern.compile("meshdev\\.archive = (.+)");

    private Built() {
    }

    /** Made by whoever asks first. */
    private static final class Cache {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                Path cache = Files.createDirectories(SCRATCH.resolve("cache"));
                ProcessBuilder version = new ProcessBuilder(HOME.resolve("bin/mesh-dev").toString(), "--version");
                version.redirectErrorStream(true).environment().put("MCP_MESH_HOME", SCRATCH.toString());
                version.environment().put("JAVA_HOME", JAVA_HOME.toString());
                version.environment().put("MESH_DEV_JAVA_OPTS", "-XshowSettings:properties");
                Matcher wanted = WANTED.matcher(new String(version.start().getInputStream().readAllBytes()));
                if (wanted.find()) {
                    new ClassArchive(JAVA_HOME.resolve("bin/java"), Runtime.version().feature(), HOME, Path.of(wanted.group(1))).create();
                }
                return cache;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Path cache() {
        return Cache.FOLDER;
    }
}
