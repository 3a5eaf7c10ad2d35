package meshdev.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Remembers what shims resolve to, because asking one takes 150 ms. An answer is forgotten when anything in
 * {@link ShimKey} or the interpreter itself has changed. A cache that cannot be read or written is as good as none.
 */
public final class ShimCache implements InterpreterProbe {
    private static final String HEADER = "mesh-dev interpreter 1";
    private static final String FOOTER = "end";

    private final Path folder;
    private final Surroundings place;
    private final InterpreterProbe real;

    /** @param home of mesh-dev; answers are kept in {@code cache/interpreters} below it */
    public ShimCache(Path home, Surroundings place, InterpreterProbe real) {
        this.folder = home.resolve("cache").resolve("interpreters");
        this.place = place;
        this.real = real;
    }

    @Override
    public Optional<Probed> probe(Path shim) {
        Path entry = folder.resolve(ShimKey.of(shim, place));
        Optional<Probed> known = recall(entry);
        if (known.isPresent()) {
            return known;
        }
        Optional<Probed> answer = real.probe(shim);
        if (answer.isPresent()) {
            remember(entry, answer.get());
        }
        return answer;
    }

    private static Optional<Probed> recall(Path entry) {
        try {
            String[] lines = new String(Files.readAllBytes(entry), StandardCharsets.UTF_8).split("\n", -1);
            if (lines.length != 6 || !lines[0].equals(HEADER) || !lines[4].equals(FOOTER)) {
                return Optional.empty();
            }
            Path executable = Path.of(lines[1]);
            boolean same = Files.isExecutable(executable) && lines[3].equals(FileStamp.of(executable));
            return same ? Optional.of(new Probed(executable, lines[2])) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void remember(Path entry, Probed answer) {
        String path = answer.executable().toString();
        if (path.indexOf('\n') >= 0 || answer.version().indexOf('\n') >= 0) {
            return;
        }
        String text = String.join("\n", HEADER, path, answer.version(), FileStamp.of(answer.executable()), FOOTER, "");
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, ".new", "");
            try {
                Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
                Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            // The next start asks the shim again.
        }
    }
}
