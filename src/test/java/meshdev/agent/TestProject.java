package meshdev.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import meshdev.config.AgentSettings;
import meshdev.config.Meshwatch;
import meshdev.config.Origin;
import meshdev.config.Sourced;

/** A project on disk with fake programs on its PATH; the project root is the working directory. */
final class TestProject {
    static final String GUARDED = "if __name__ == '__main__':\n    pass\n";
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1};

    final Path root;
    final Map<String, AgentSettings> entries = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    Predicate<Path> excluded = path -> false;
    int interpretersAsked;

    TestProject(Path root) throws IOException {
        this.root = root;
        environment.put("PATH", root.resolve("path").toString());
        for (String program : List.of("node", "npx", "java", "mvn")) {
            program("path/" + program);
        }
    }

    Path file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path agent(String name) {
        return file(name, GUARDED);
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** A file the kernel would take for a native program. */
    Path program(String name) throws IOException {
        Path file = file(name, "");
        Files.write(file, ELF);
        return executable(file);
    }

    Path script(String name, String text) {
        return executable(file(name, text));
    }

    static Path executable(Path file) {
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot be made executable: " + file);
        }
        return file;
    }

    Surroundings place() {
        return new Surroundings(environment, root, root, Path.of("/lib"));
    }

    Discovery find(String... arguments) {
        return find(place(), arguments);
    }

    /** As while agents run, by their files below the root. */
    Discovery search(Map<String, String> running) {
        Map<Path, String> names = new HashMap<>();
        running.forEach((file, name) -> names.put(root.resolve(file), name));
        return finder(place()).search(StartPaths.of(List.of("agents"), place()), names);
    }

    Discovery find(Surroundings place, String... arguments) {
        return finder(place).find(StartPaths.of(List.of(arguments), place));
    }

    private AgentFinder finder(Surroundings place) {
        Meshwatch meshwatch = new Meshwatch(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of(), Optional.empty(), entries, List.of());
        return new AgentFinder(place, meshwatch, excluded, this::interpreter);
    }

    private Interpreter interpreter() {
        interpretersAsked++;
        return new Interpreter(Path.of("/py"), "py", new Origin("test"), Optional.empty());
    }

    Entry entry(String name) {
        return new Entry(name);
    }

    static List<String> names(Discovery discovery) {
        List<String> names = new ArrayList<>();
        for (Agent agent : discovery.agents()) {
            names.add(agent.name());
        }
        return names;
    }

    String reason(Discovery discovery, String name) {
        for (Skipped skipped : discovery.skipped()) {
            if (skipped.path().equals(root.resolve(name))) {
                return skipped.reason();
            }
        }
        return "not skipped";
    }

    static Agent agent(String name, Path file, Optional<Path> folder) {
        return new Agent(name, Agent.Kind.PYTHON, file, folder, List.of("py", file.toString()), Path.of("/w"), Map.of(),
                OptionalInt.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Writes one entry of {@code agents:}. */
    final class Entry {
        private final String name;
        private Optional<Sourced<String>> path = Optional.empty();
        private List<String> command = List.of();
        private Optional<Sourced<String>> cwd = Optional.empty();
        private Optional<Sourced<Integer>> port = Optional.empty();

        private Entry(String name) {
            this.name = name;
        }

        Entry path(String value) {
            path = Optional.of(said(value));
            return this;
        }

        Entry command(String... words) {
            command = List.of(words);
            return this;
        }

        Entry cwd(String value) {
            cwd = Optional.of(said(value));
            return this;
        }

        Entry port(int value) {
            port = Optional.of(said(value));
            return this;
        }

        void add() {
            entries.put(name, new AgentSettings(origin(), path, command, cwd, Map.of("A", "1"), port,
                    Optional.of(said("/health")), List.of(said("config/*.yaml")), Optional.of(said("INT")),
                    Optional.of(said(Duration.ofSeconds(4))), List.of()));
        }

        private <T> Sourced<T> said(T value) {
            return new Sourced<>(value, origin());
        }

        private Origin origin() {
            return new Origin(".meshwatch:7:3");
        }
    }
}
