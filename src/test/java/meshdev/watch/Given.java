package meshdev.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import meshdev.config.Meshwatch;
import meshdev.config.Origin;
import meshdev.config.Sourced;

/** What tests begin with. Folders are below target/, because editors and tools treat /tmp differently. */
final class Given {
    static final Origin FILE = new Origin(".meshwatch:3:5");

    private Given() {
    }

    static Sourced<String> pattern(String text) {
        return new Sourced<>(text, FILE);
    }

    static Meshwatch meshwatch(List<String> include, List<String> exclude, List<String> logOnly) {
        return meshwatch(Optional.of(Path.of(".meshwatch")), include, exclude, logOnly);
    }

    static Meshwatch noMeshwatch() {
        return Meshwatch.builtIn();
    }

    private static Meshwatch meshwatch(Optional<Path> file, List<String> include, List<String> exclude,
            List<String> logOnly) {
        return new Meshwatch(file, sourced(include), sourced(exclude), sourced(logOnly), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of(), Optional.empty(), Map.of(), List.of());
    }

    static RuleSources sources(Path root, Meshwatch meshwatch) {
        return new RuleSources(root, meshwatch, Optional.empty(), List.of(), List.of(), List.of(), List.of(), false);
    }

    static WatchRules rules(Path root, String... include) {
        return WatchRules.compile(sources(root, meshwatch(List.of(include), List.of(), List.of())));
    }

    static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "tests").toAbsolutePath()), "w")
                    .toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file in one step: whoever looks at it meanwhile sees the old text or the new one, and no empty file. */
    static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Files written before are older than any kernel tick afterwards. */
    static void letFilesAge() {
        Instant begin = Instant.now();
        eventually(() -> Instant.now().isAfter(begin.plusMillis(40)));
    }

    static void eventually(BooleanSupplier condition) {
        Instant limit = Instant.now().plus(Duration.ofSeconds(10));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("not within 10 s");
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Sourced<String>> sourced(List<String> patterns) {
        return patterns.stream().map(Given::pattern).toList();
    }
}
