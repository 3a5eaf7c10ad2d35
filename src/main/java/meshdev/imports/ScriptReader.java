package meshdev.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JavaScript and TypeScript. */
final class ScriptReader implements SourceReader {
    /** What is bigger was not written by hand. */
    private static final long MOST_BYTES = 8_000_000;

    private final Path projectRoot;

    ScriptReader(Path projectRoot) {
        this.projectRoot = projectRoot;
    }

    @Override
    public Map<Path, SourceFacts> read(List<Path> files) {
        Map<Path, TsConfig> configs = new HashMap<>();
        Map<Path, SourceFacts> facts = new HashMap<>();
        for (Path file : files) {
            TsConfig config = configs.computeIfAbsent(file.getParent(), folder -> TsConfig.around(folder, projectRoot));
            facts.put(file, read(file, config));
        }
        return facts;
    }

    private static SourceFacts read(Path file, TsConfig config) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return SourceFacts.unreadable();
            }
            String source = file.toString().endsWith(".json") ? ""
                    : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return ScriptImports.of(source, config::maps);
        } catch (IOException vanished) {
            return SourceFacts.unreadable();
        }
    }
}
