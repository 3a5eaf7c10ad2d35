package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project of agents in a folder of its own, with its own {@code MCP_MESH_HOME}; ends what was started in it. */
public final class TestProject implements AutoCloseable {
    /** The seed's rules with a short delay. */
    static final String RULES = """
            include: ["agents/**/*.py", "lib/**/*.py", "config/**/*.yaml"]
            exclude: ["**/__pycache__/**", "**/*.pyc", "**/test_*.py", "**/.pytest_cache/**"]
            log_only: ["**/*.md", "**/*.txt"]
            reload_delay: 100
            """;
    /** Three delays and the time a busy machine may take: when nothing has happened by then, nothing will. */
    static final Duration QUIET = Duration.ofMillis(1000);

    private final Path folder;
    private final Path root;
    private final Path home;
    private final List<MeshDev> started = new ArrayList<>();

    TestProject(Path folder) {
        this.folder = folder;
        this.root = folder.resolve("shop");
        this.home = folder.resolve("home");
        delete(folder);
        write(root.resolve(".meshwatch"), RULES);
        try {
            Files.createDirectories(home);
            Files.createSymbolicLink(home.resolve("cache"), Built.cache());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    public Path home() {
        return home;
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** A folder beside the project, which nobody watches. */
    public Path outside(String name) {
        return folder.resolve(name);
    }

    Journal journal() {
        return new Journal(folder.resolve("journal"));
    }

    /** An agent in {@code agents/}; not written yet. */
    JournalAgent agent(String name) {
        return agent(name, "agents/" + name + ".py");
    }

    JournalAgent agent(String name, String file) {
        return new JournalAgent(name, root.resolve(file), journal().file());
    }

    /** Writes agents in place. */
    TestProject with(JournalAgent... agents) {
        for (JournalAgent agent : agents) {
            write(agent.file(), agent.source());
        }
        return this;
    }

    /** Truncates and writes, as most editors do. */
    public TestProject write(String name, String text) {
        write(file(name), text);
        return this;
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that is not started yet. */
    public Launch launch(String... arguments) {
        return new Launch(this, arguments);
    }

    MeshDev add(MeshDev run) {
        started.add(run);
        return run;
    }

    /** Starts all of {@code agents/} and waits until these are ready and their files watched. */
    MeshDev startReady(String... agents) {
        return launch("start", "agents/").ready(agents);
    }

    /** Runs a shell script in the project to its end; {@code $1} and so on are the arguments. */
    public void shell(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile()).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> script + "\n" + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What an agent answers on this port. */
    static String ask(int port) {
        try (var in = URI.create("http://127.0.0.1:" + port + "/health").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    static String sha(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** mesh-dev's own log. */
    public String log() {
        Path log = home.resolve("logs/mcp-mesh.log");
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The starts of an agent stay as many for {@link #QUIET}. */
    void assertNoStart(String agent, int sofar) {
        Patience.staysFor(sofar + " starts of " + agent, QUIET, () -> journal().starts(agent).size() == sofar,
                () -> journal().text() + "\n" + log());
    }

    /** Ends what is left, and fails when a mesh-dev that had ended left a process behind. */
    @Override
    public void close() {
        boolean polite = true;
        for (MeshDev run : started) {
            polite &= run.end();
            write(folder.resolve("output-" + run.pid() + ".txt"), run.text(false) + "--- stderr\n" + run.text(true));
        }
        String left = Orphans.end("MCP_MESH_HOME=" + home);
        assertEquals("", left, () -> "left behind by " + started.stream().map(MeshDev::ending).collect(Collectors.joining("\n")));
        assertEquals(true, polite, "mesh-dev ends after SIGTERM");
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
