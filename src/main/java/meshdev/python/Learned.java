package meshdev.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an agent imported in its last recorded run, and which versions of its sources that is true of.
 *
 * @param record   the file that says what to preload
 * @param surfaces of the sources that were loaded, as far as they are known
 * @param imports  what is written in the agent's sources, in order
 */
record Learned(Path record, Map<Path, String> surfaces, List<SlowImport> imports) {
    Learned {
        surfaces = Map.copyOf(surfaces);
        imports = List.copyOf(imports);
    }

    List<String> modules() {
        return imports.stream().map(SlowImport::module).toList();
    }

    /** How long all imports took together. */
    Duration took() {
        return imports.stream().map(SlowImport::took).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * @param up     as for {@link ImportRecord#read}
     * @param reader gives the surfaces of files as they are now
     * @throws IOException when there is no record
     */
    static Learned from(Path record, long up, Function<List<Path>, Map<Path, String>> reader) throws IOException {
        ImportRecord recorded = ImportRecord.read(record, up);
        List<Path> files = new ArrayList<>(recorded.sources().keySet());
        files.removeIf(file -> !recorded.sources().get(file).isOf(file));
        Map<Path, String> surfaces = new HashMap<>(reader.apply(files));
        surfaces.keySet().removeIf(file -> !recorded.sources().get(file).isOf(file)); // it changed while it was read
        return new Learned(record, surfaces, recorded.imports());
    }

    /** Whether a source with this surface imports what the recorded one did. */
    boolean isTrueOf(Path file, Optional<String> surface) {
        Path known = surfaces.containsKey(file) ? file : real(file);
        return surface.isPresent() && surface.get().equals(surfaces.get(known));
    }

    /** The interpreter may know the file by another name than we do. */
    private static Path real(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }
}
